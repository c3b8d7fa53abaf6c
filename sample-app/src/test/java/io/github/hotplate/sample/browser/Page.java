package io.github.hotplate.sample.browser;

import java.time.Duration;
import java.util.List;
import java.util.logging.Level;

import org.awaitility.core.ThrowingRunnable;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

import static org.awaitility.Awaitility.await;

/**
 * The page in a browser.
 *
 * @param driver drives the browser
 */
record Page(ChromeDriver driver) {

	void open(int port) {
		this.driver.get("http://localhost:" + port + "/");
	}

	WebElement one(String selector) {
		return this.driver.findElement(By.cssSelector(selector));
	}

	List<WebElement> all(String selector) {
		return this.driver.findElements(By.cssSelector(selector));
	}

	/**
	 * Take what the browser has written to its console since the last time.
	 * @return warnings and errors
	 */
	List<LogEntry> complaints() {
		return this.driver.manage()
			.logs()
			.get(LogType.BROWSER)
			.getAll()
			.stream()
			.filter((entry) -> entry.getLevel().intValue() >= Level.WARNING.intValue())
			.toList();
	}

	static void awaitUntil(ThrowingRunnable assertion) {
		await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(assertion);
	}

}
