package io.github.hotplate.sample.browser;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.hotplate.config.ClientMode;
import io.github.hotplate.sample.RunningSample;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page where there is no Redis Cluster behind it.
 */
@RequiresChromium
class ModesBrowserIntegrationTests {

	private static Page page;

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

	@AfterEach
	void consoleIsClean() {
		assertThat(page.complaints()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "SENTINEL, 3, Redis Sentinel, Primary and replicas, The primary and 2 replicas answer, replica",
			"STANDALONE, 1, a single Redis server, Server, The server answers, server",
			"SHARDED, 3, sharded Redis servers, Servers, All 3 servers in use, server" })
	void showsTheNodesAndTheirDeath(ClientMode mode, int nodes, String place, String heading, String health,
			String expendable) {
		try (RunningSample sample = RunningSample.start(mode)) {
			page.open(sample.port());
			Page.awaitUntil(() -> {
				assertThat(page.all("#links .link")).hasSize(12);
				assertThat(page.all(".node[data-state='UP']")).hasSize(nodes);
				assertThat(page.one("#health").getText()).isEqualTo(health);
				assertThat(page.all("#hot-reads li")).isNotEmpty();
			});
			assertThat(page.driver().getTitle()).isEqualTo("Hotplate: a link board on " + place);
			assertThat(page.one("#tagline").getText()).contains(place);
			assertThat(page.one("#nodes-heading").getText()).isEqualTo(heading);
			assertThat(page.one("#slots").isDisplayed()).isFalse();
			assertThat(page.one("#heat").isDisplayed()).isFalse();
			assertThat(page.one("#shares").isDisplayed()).isEqualTo(mode == ClientMode.SHARDED);
			killAndRestart(health, expendable);
			// Nothing is to ask an application that has gone.
			page.driver().get("about:blank");
		}
	}

	private static void killAndRestart(String health, String badge) {
		String killed = page.all(".node")
			.stream()
			.filter((node) -> node.getText().contains(badge))
			.findFirst()
			.map((node) -> ".node[data-key='%s']".formatted(node.getDomAttribute("data-key")))
			.orElseThrow();
		page.one(killed + " button").click();
		Page.awaitUntil(() -> {
			assertThat(page.one(killed + " .badge").getText()).isIn("no answer", "ejected", "DOWN");
			assertThat(page.one(killed + " button").getText()).isEqualTo("Restart");
			assertThat(page.one(killed + " button").isEnabled()).isTrue();
			assertThat(page.one("#health").getDomAttribute("data-state")).isIn("degraded", "down");
		});
		page.one(killed + " button").click();
		Page.awaitUntil(() -> {
			assertThat(page.one(killed + " .badge").getText()).isEqualTo(badge);
			assertThat(page.one("#health").getText()).isEqualTo(health);
		});
	}

}
