package io.github.hotplate.sample.browser;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;

import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.config.ClientConfig.SampleRates;
import io.github.hotplate.hotkey.HotKeyTracker;
import io.github.hotplate.sample.SampleApplicationTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@RequiresChromium
@SampleApplicationTest
class DashboardBrowserIntegrationTests {

	private static ChromeDriver driver;

	@LocalServerPort
	private int port;

	@Autowired
	private StringRedisTemplate foo;

	@Autowired
	private HotKeyTracker tracker;

	@BeforeAll
	static void startBrowser(@TempDir Path profile) {
		driver = Chromium.find().orElseThrow().start(profile);
	}

	@AfterAll
	static void quitBrowser() {
		if (driver != null) {
			driver.quit();
		}
	}

	@BeforeEach
	void openPage() {
		driver.get("http://localhost:" + this.port + "/");
		awaitUntil(() -> assertThat(all("#links .link")).hasSize(12));
	}

	@AfterEach
	void consoleIsClean() {
		assertThat(driver.manage().logs().get(LogType.BROWSER)).extracting(LogEntry::getLevel, LogEntry::getMessage)
			.filteredOn((entry) -> ((Level) entry.toList().get(0)).intValue() >= Level.WARNING.intValue())
			.isEmpty();
	}

	@Test
	void aVoteRaisesTheScore() {
		WebElement vote = one("#links .link:last-child .vote");
		String link = one("#links .link:last-child").getDomAttribute("data-key");
		int score = Integer.parseInt(vote.getText());
		vote.click();
		awaitUntil(() -> assertThat(one("#links [data-key='%s'] .vote".formatted(link)).getText())
			.isEqualTo(score + 1 + ""));
	}

	@Test
	void aSubmittedLinkIsAccepted() {
		one("#title").sendKeys("<b>Bold</b> & new");
		one("#url").sendKeys("https://example.com/");
		one("#submit-link button").click();
		awaitUntil(
				() -> assertThat(one("#submit-message").getText()).contains("\"<b>Bold</b> & new\" is on the board"));
		assertThat(one("#title").getDomProperty("value")).isEmpty();
	}

	@Test
	void theSliderSetsTheRateOfVisitors() {
		WebElement slider = one("#rate");
		awaitUntil(() -> assertThat(slider.isEnabled()).isTrue());
		slider.sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
		awaitUntil(() -> assertThat(one("#rate-value").getText()).isEqualTo("30"));
		awaitUntil(() -> assertThat(number("#visitors-note")).isGreaterThan(10));
		slider.sendKeys(Keys.HOME);
		awaitUntil(() -> assertThat(one("#rate-value").getText()).isEqualTo("0"));
	}

	@Test
	void hotKeysAppearAsBarsAndAsHeatOfTheirSlots() {
		this.tracker.sampleRates(new SampleRates(1, 1));
		awaitUntil(() -> {
			for (int i = 0; i < 100; i++) {
				this.foo.opsForValue().get("browser-test:read");
				this.foo.opsForValue().increment("browser-test:written");
			}
			assertThat(one("#hot-reads li").getText()).contains("browser-test:read", "%");
			assertThat(one("#hot-writes li").getText()).contains("browser-test:written", "%");
			for (String key : List.of("browser-test:read", "browser-test:written")) {
				assertThat(one("#heat [title*='%s']".formatted(key)).getDomAttribute("data-heat")).isIn("5", "6");
			}
		});
		assertThat(all("#heat figure")).hasSize(3).allSatisfy((node) -> assertThat(node.getText()).contains(":", "%"));
		assertThat(one("#hot-keys-note").getText()).containsPattern("[1-9][\\d,]* writes sampled, [\\d,]+ dropped");
	}

	@Test
	void theSlidersSetTheSampleRates() {
		this.tracker.sampleRates(new SampleRates(1, 0.3));
		awaitUntil(() -> assertThat(one("#writes-rate-value").getText()).isEqualTo("30%"));
		one("#reads-rate").sendKeys(Keys.HOME);
		awaitUntil(() -> {
			assertThat(this.tracker.sampleRates()).isEqualTo(new SampleRates(0, 0.3));
			assertThat(one("#reads-rate-value").getText()).isEqualTo("0%");
			assertThat(one("#hot-reads-empty").getText()).startsWith("No reads are sampled.");
			assertThat(all("#hot-reads li")).isEmpty();
		});
		one("#reads-rate").sendKeys(Keys.END);
		awaitUntil(() -> {
			assertThat(this.tracker.sampleRates()).isEqualTo(new SampleRates(1, 0.3));
			assertThat(one("#reads-rate").getDomAttribute("aria-valuetext")).isEqualTo("100%");
			assertThat(all("#hot-reads li")).isNotEmpty();
		});
	}

	@Test
	void theChartsFillUp() {
		for (String chart : List.of("commands-chart", "latency-chart")) {
			awaitUntil(() -> assertThat(pointsOf(chart)).isGreaterThan(2));
		}
	}

	@Test
	void theTableListsTheCommands() {
		awaitUntil(
				() -> assertThat(all("#commands th")).extracting(WebElement::getText).contains("ZREVRANGE", "HGETALL"));
	}

	@Test
	void theMapShowsEveryNodeAndTheWholeRangeOfSlots() {
		awaitUntil(() -> {
			assertThat(all(".node[data-role='PRIMARY'][data-state='UP']")).hasSize(3);
			assertThat(all(".node[data-role='REPLICA'][data-state='UP']")).hasSize(3);
		});
		assertThat(all(".shard")).hasSize(3)
			.allSatisfy((shard) -> assertThat(shard.getText()).contains("replicates :"));
		assertThat(all("#slots span")).isNotEmpty();
		assertThat(one("#health").getText()).isEqualTo("All slots served by 3 primaries");
	}

	@Test
	void aKilledPrimaryIsReplacedBeforeTheVisitorsEyes() {
		awaitUntil(() -> assertThat(all(".node[data-role='REPLICA'][data-state='UP']")).hasSize(3));
		String killed = ".node[data-key='%s']".formatted(one(".node[data-role='PRIMARY']").getDomAttribute("data-key"));
		one(killed + " button").click();
		awaitUntil(() -> {
			assertThat(one(killed + " .badge").getText()).isEqualTo("DOWN");
			assertThat(one("#health").getText()).isEqualTo("All slots served, 1 of 6 nodes down");
			assertThat(one(killed + " button").getText()).isEqualTo("Restart");
		});
		one(killed + " button").click();
		awaitUntil(() -> {
			assertThat(one(killed + " .badge").getText()).isEqualTo("replica");
			assertThat(one("#health").getText()).isEqualTo("All slots served by 3 primaries");
		});
	}

	private static long pointsOf(String chart) {
		return (Long) driver.executeScript(
				"return Chart.getChart(arguments[0]).data.datasets[0].data.filter((point) => point.y !== null).length",
				chart);
	}

	private static int number(String selector) {
		return Integer.parseInt(one(selector).getText().split(" ")[0].replace(",", ""));
	}

	private static WebElement one(String selector) {
		return driver.findElement(By.cssSelector(selector));
	}

	private static List<WebElement> all(String selector) {
		return driver.findElements(By.cssSelector(selector));
	}

	private static void awaitUntil(ThrowingRunnable assertion) {
		await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(assertion);
	}

}
