package io.github.hotplate.sample.browser;

import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;

import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * The Chromium and the driver that are installed, run without a window.
 *
 * @param browser the browser's executable
 * @param driver the driver's executable
 */
record Chromium(Path browser, Path driver) {

	static Optional<Chromium> find() {
		return Executables.find("chromium", "chromium-browser", "google-chrome")
			.flatMap((browser) -> Executables.find("chromedriver").map((driver) -> new Chromium(browser, driver)));
	}

	/**
	 * Start the browser.
	 * @param profile an empty folder for what the browser keeps
	 * @return the driver, to be quit by the caller
	 */
	ChromeDriver start(Path profile) {
		ChromeOptions options = new ChromeOptions();
		options.setBinary(this.browser.toFile());
		options.addArguments("--headless=new", "--window-size=1440,1300", "--user-data-dir=" + profile, "--no-sandbox",
				"--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync");
		LoggingPreferences logging = new LoggingPreferences();
		logging.enable(LogType.BROWSER, Level.ALL);
		options.setCapability(ChromeOptions.LOGGING_PREFS, logging);
		ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(this.driver.toFile())
			.usingAnyFreePort()
			.build();
		return new ChromeDriver(service, options);
	}

}
