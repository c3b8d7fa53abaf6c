package io.github.hotplate.sample.browser;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;

import io.github.hotplate.config.ClientConfig.SampleRates;
import io.github.hotplate.hotkey.HotKeyTracker;
import io.github.hotplate.sample.SampleApplicationTest;

import static org.assertj.core.api.Assertions.assertThat;

@RequiresChromium
@SampleApplicationTest
class DashboardBrowserIntegrationTests {

	private static Page page;

	@LocalServerPort
	private int port;

	@Autowired
	private StringRedisTemplate foo;

	@Autowired
	private HotKeyTracker tracker;

	@Autowired
	private RestTestClient client;

	@BeforeAll
	static void startBrowser(@TempDir Path profile) {
		page = new Page(Chromium.find().orElseThrow().start(profile));
	}

	@AfterAll
	static void quitBrowser() {
		if (page != null) {
			page.driver().quit();
		}
	}

	@BeforeEach
	void openPage() {
		page.open(this.port);
		Page.awaitUntil(() -> assertThat(page.all("#links .link")).hasSize(12));
	}

	@AfterEach
	void consoleIsClean() {
		assertThat(page.complaints()).isEmpty();
	}

	@Test
	void aVoteRaisesTheScore() {
		WebElement vote = page.one("#links .link:last-child .vote");
		String link = page.one("#links .link:last-child").getDomAttribute("data-key");
		int score = Integer.parseInt(vote.getText());
		vote.click();
		Page.awaitUntil(() -> assertThat(page.one("#links [data-key='%s'] .vote".formatted(link)).getText())
			.isEqualTo(score + 1 + ""));
	}

	@Test
	void aSubmittedLinkIsAccepted() {
		page.one("#title").sendKeys("<b>Bold</b> & new");
		page.one("#url").sendKeys("https://example.com/");
		page.one("#submit-link button").click();
		Page.awaitUntil(() -> assertThat(page.one("#submit-message").getText())
			.contains("\"<b>Bold</b> & new\" is on the board"));
		assertThat(page.one("#title").getDomProperty("value")).isEmpty();
	}

	@Test
	void theSliderSetsTheRateOfVisitors() {
		WebElement slider = page.one("#rate");
		Page.awaitUntil(() -> assertThat(slider.isEnabled()).isTrue());
		Page.awaitUntil(() -> {
			// An answer that was on its way may move the slider in between.
			slider.sendKeys(Keys.HOME, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
			assertThat(page.one("#rate-value").getText()).isEqualTo("30");
		});
		Page.awaitUntil(() -> assertThat(number("#visitors-note")).isGreaterThan(10));
		slider.sendKeys(Keys.HOME);
		Page.awaitUntil(() -> assertThat(page.one("#rate-value").getText()).isEqualTo("0"));
	}

	@Test
	void hotKeysAppearAsBarsAndAsHeatOfTheirSlots() {
		this.tracker.sampleRates(new SampleRates(1, 1));
		Page.awaitUntil(() -> {
			for (int i = 0; i < 100; i++) {
				this.foo.opsForValue().get("browser-test:read");
				this.foo.opsForValue().increment("browser-test:written");
			}
			assertThat(page.one("#hot-reads li").getText()).contains("browser-test:read", "%");
			assertThat(page.one("#hot-writes li").getText()).contains("browser-test:written", "%");
			for (String key : List.of("browser-test:read", "browser-test:written")) {
				assertThat(page.one("#heat [title*='%s']".formatted(key)).getDomAttribute("data-heat")).isIn("5", "6");
			}
		});
		assertThat(page.all("#heat figure")).hasSize(3)
			.allSatisfy((node) -> assertThat(node.getText()).contains(":", "%"));
		assertThat(page.one("#hot-keys-note").getText())
			.containsPattern("[1-9][\\d,]* writes sampled, [\\d,]+ dropped");
	}

	@Test
	void theSlidersSetTheSampleRates() {
		this.tracker.sampleRates(new SampleRates(1, 0.3));
		Page.awaitUntil(() -> assertThat(page.one("#writes-rate-value").getText()).isEqualTo("30%"));
		page.one("#reads-rate").sendKeys(Keys.HOME);
		Page.awaitUntil(() -> {
			assertThat(this.tracker.sampleRates()).isEqualTo(new SampleRates(0, 0.3));
			assertThat(page.one("#reads-rate-value").getText()).isEqualTo("0%");
			assertThat(page.one("#hot-reads-empty").getText()).startsWith("No reads are sampled.");
			assertThat(page.all("#hot-reads li")).isEmpty();
		});
		page.one("#reads-rate").sendKeys(Keys.END);
		Page.awaitUntil(() -> {
			assertThat(this.tracker.sampleRates()).isEqualTo(new SampleRates(1, 0.3));
			assertThat(page.one("#reads-rate").getDomAttribute("aria-valuetext")).isEqualTo("100%");
			assertThat(page.all("#hot-reads li")).isNotEmpty();
		});
	}

	@Test
	void theChartsFillUp() {
		for (String chart : List.of("commands-chart", "latency-chart")) {
			Page.awaitUntil(() -> assertThat(pointsOf(chart)).isGreaterThan(2));
		}
	}

	@Test
	void theTableListsTheCommands() {
		Page.awaitUntil(() -> assertThat(page.all("#commands th")).extracting(WebElement::getText)
			.contains("ZREVRANGE", "PIPELINE"));
	}

	@Test
	void theMapShowsEveryNodeAndTheWholeRangeOfSlots() {
		Page.awaitUntil(() -> {
			assertThat(page.all(".node[data-role='PRIMARY'][data-state='UP']")).hasSize(3);
			assertThat(page.all(".node[data-role='REPLICA'][data-state='UP']")).hasSize(3);
		});
		assertThat(page.all(".shard")).hasSize(3)
			.allSatisfy((shard) -> assertThat(shard.getText()).contains("replicates :"));
		assertThat(page.all("#slots span")).isNotEmpty();
		assertThat(page.one("#heat").isDisplayed()).isTrue();
		assertThat(page.one("#shares").isDisplayed()).isFalse();
		assertThat(page.driver().getTitle()).isEqualTo("Hotplate: a link board on Redis Cluster");
		assertThat(page.one("#health").getText()).isEqualTo("All slots served by 3 primaries");
	}

	@Test
	void aProblemIsPlantedAndRemovedWithOneClick() {
		String problem = "#problems [data-key='hot-key']";
		Page.awaitUntil(() -> assertThat(page.all("#problems li")).hasSize(3)
			.allSatisfy((item) -> assertThat(item.findElement(By.tagName("button")).getText()).isEqualTo("Plant")));
		page.one(problem + " button").click();
		Page.awaitUntil(() -> assertThat(page.one(problem + " button").getText()).isEqualTo("Remove"));
		page.one(problem + " button").click();
		Page.awaitUntil(() -> assertThat(page.one(problem + " button").getText()).isEqualTo("Plant"));
	}

	@Test
	void theWorstRoutesNameTheirHandlers() {
		Page.awaitUntil(() -> assertThat(page.one("#routes [data-key^='GET /api/links']").getText())
			.contains("GET /api/links", "LinkController.frontPage", "commands"));
		assertThat(page.one("#routes-empty").isDisplayed()).isFalse();
	}

	@Test
	void aKilledPrimaryIsReplacedBeforeTheVisitorsEyes() {
		Page.awaitUntil(() -> assertThat(page.all(".node[data-role='REPLICA'][data-state='UP']")).hasSize(3));
		visitors(20);
		String killed = ".node[data-key='%s']"
			.formatted(page.one(".node[data-role='PRIMARY']").getDomAttribute("data-key"));
		String name = page.one(killed + " .address").getText();
		page.one(killed + " button").click();
		Page.awaitUntil(() -> {
			assertThat(page.one(killed + " .badge").getText()).isEqualTo("DOWN");
			assertThat(page.one("#health").getText()).isEqualTo("All slots served, 1 of 6 nodes down");
			assertThat(page.one(killed + " button").getText()).isEqualTo("Restart");
			assertThat(page.one(killed + " button").isEnabled()).isTrue();
		});
		showsWhatTheFailoverDidToCommands(name);
		page.one(killed + " button").click();
		Page.awaitUntil(() -> {
			assertThat(page.one(killed + " .badge").getText()).isEqualTo("replica");
			assertThat(page.one("#health").getText()).isEqualTo("All slots served by 3 primaries");
			assertThat(page.one("#latency-note").getText()).contains(name + " back");
		});
		visitors(0);
	}

	private static void showsWhatTheFailoverDidToCommands(String lost) {
		Page.awaitUntil(() -> {
			assertThat(page.one("#latency-note").getText()).contains(lost + " lost", " promoted", "retries (",
					"topology learned (");
			assertThat(marks("events")).isGreaterThanOrEqualTo(2);
			assertThat(marks("refreshes")).isPositive();
			assertThat(retries()).isPositive();
			assertThat(page.one("#topology-note").getText()).startsWith("Topology learned ")
				.contains("the last refresh was for: ");
			assertThat(page.all("#slow-calls [data-part='retries']"))
				.anySatisfy((part) -> assertThat(part.getSize().getWidth()).isPositive());
		});
	}

	private static long marks(String kind) {
		return (Long) page.driver()
			.executeScript("return Chart.getChart('latency-chart').options.plugins.troubleMarks[arguments[0]].length",
					kind);
	}

	private static long retries() {
		return (Long) page.driver().executeScript("""
				return Chart.getChart('latency-chart').data.datasets
					.filter((dataset) => dataset.label.startsWith('retries: '))
					.flatMap((dataset) => dataset.data).reduce((sum, point) => sum + (point.y ?? 0), 0)""");
	}

	private void visitors(int rate) {
		this.client.put().uri("/api/visitors").body(Map.of("rate", rate)).exchange().expectStatus().isOk();
	}

	private static long pointsOf(String chart) {
		return (Long) page.driver()
			.executeScript(
					"return Chart.getChart(arguments[0]).data.datasets[0].data.filter((point) => point.y !== null).length",
					chart);
	}

	private static int number(String selector) {
		return Integer.parseInt(page.one(selector).getText().split(" ")[0].replace(",", ""));
	}

}
