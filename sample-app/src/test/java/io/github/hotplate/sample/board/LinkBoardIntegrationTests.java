package io.github.hotplate.sample.board;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;

import io.github.hotplate.sample.SampleApplicationTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@SampleApplicationTest
class LinkBoardIntegrationTests {

	@Autowired
	private RestTestClient client;

	@Autowired
	private StringRedisTemplate foo;

	@Autowired
	private SeedLinks seeds;

	@Test
	void showsTheBestLinksFirst() {
		List<Link> links = frontPage();
		assertThat(links).hasSize(12).isSortedAccordingTo(Comparator.comparingLong(Link::score).reversed());
		assertThat(links).allSatisfy((link) -> {
			assertThat(link.title()).isNotBlank();
			assertThat(link.url()).startsWith("http");
		});
	}

	@Test
	void aSubmittedLinkRisesWithItsVotes() {
		Link link = submit("Rises", "https://example.com/rises");
		assertThat(link.score()).isEqualTo(1);
		vote(link.id(), 20);
		assertThat(frontPage()).filteredOn((shown) -> shown.id() == link.id())
			.singleElement()
			.returns(21L, Link::score)
			.returns("Rises", Link::title);
	}

	@Test
	void openingALinkRedirectsAndCountsAView() {
		Link link = submit("Viewed", "https://example.com/viewed?q=1");
		vote(link.id(), 20);
		this.client.get()
			.uri("/links/{id}", link.id())
			.exchange()
			.expectStatus()
			.isFound()
			.expectHeader()
			.location("https://example.com/viewed?q=1");
		assertThat(frontPage()).filteredOn((shown) -> shown.id() == link.id()).singleElement().returns(1L, Link::views);
	}

	@Test
	void keepsALinkInPlainRedisTypes() {
		Link link = submit("Plain", "https://example.com/plain");
		assertThat(this.foo.<String, String>opsForHash().entries("board:link:" + link.id()))
			.containsEntry("title", "Plain")
			.containsEntry("url", "https://example.com/plain");
		assertThat(this.foo.opsForZSet().score("board:ranking", Long.toString(link.id()))).isEqualTo(1);
	}

	@Test
	void refusesALinkThatIsNoWebAddress() {
		this.client.post()
			.uri("/api/links")
			.body(new NewLink("Script", "javascript:alert(1)"))
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.errors.url")
			.isEqualTo("The address must start with http:// or https://");
	}

	@Test
	void refusesALinkWithoutATitle() {
		this.client.post()
			.uri("/api/links")
			.body(Map.of("url", "https://example.com/"))
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("Give the link a title.");
	}

	@Test
	void knowsNoLinkThatWasNeverSubmitted() {
		this.client.get().uri("/links/999999").exchange().expectStatus().isNotFound();
		this.client.post().uri("/api/links/999999/votes").exchange().expectStatus().isNotFound();
		assertThat(this.foo.opsForZSet().score("board:ranking", "999999")).isNull();
	}

	@Test
	void givesThePlaceOfALostLinkToTheNextBest() {
		long lost = frontPage().get(0).id();
		this.foo.delete("board:link:" + lost);
		assertThat(page().missing()).isEqualTo(1);
		assertThat(frontPage()).hasSize(12).extracting(Link::id).doesNotContain(lost).doesNotHaveDuplicates();
		this.foo.opsForZSet().remove("board:ranking", Long.toString(lost));
		assertThat(page().missing()).isZero();
	}

	@Test
	void overwritesNoLinkWhenTheCounterIsLost() {
		Link before = submit("Before", "https://example.com/before");
		this.foo.opsForValue().set("board:next-id", Long.toString(before.id() - 1));
		assertThat(submit("After", "https://example.com/after").id()).isGreaterThan(before.id());
		assertThat(this.foo.<String, String>opsForHash().get("board:link:" + before.id(), "title")).isEqualTo("Before");
	}

	@Test
	void fillsTheFrontPageWhenLinksAreLost() throws IOException {
		Link kept = frontPage().get(0);
		// Or the application fills the page before it is as it shall be.
		this.foo.opsForValue().set("board:seeding", "taken");
		Set<String> others = this.foo.opsForZSet().range("board:ranking", 0, -1);
		others.remove(Long.toString(kept.id()));
		this.foo.opsForZSet().remove("board:ranking", others.toArray());
		this.foo.opsForZSet().add("board:ranking", "999999", 99);
		this.foo.delete("board:seeding");
		this.seeds.fill();
		// The application fills it by itself, and may have been faster.
		await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
			assertThat(frontPage()).hasSize(12).extracting(Link::url).doesNotHaveDuplicates();
			assertThat(page().missing()).isZero();
		});
		assertThat(frontPage()).extracting(Link::id).contains(kept.id());
	}

	private List<Link> frontPage() {
		return page().links();
	}

	private FrontPage page() {
		return this.client.get()
			.uri("/api/links")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(FrontPage.class)
			.returnResult()
			.getResponseBody();
	}

	private Link submit(String title, String url) {
		return this.client.post()
			.uri("/api/links")
			.body(new NewLink(title, url))
			.exchange()
			.expectStatus()
			.isCreated()
			.expectBody(Link.class)
			.returnResult()
			.getResponseBody();
	}

	private void vote(long id, int times) {
		for (int i = 0; i < times; i++) {
			this.client.post().uri("/api/links/{id}/votes", id).exchange().expectStatus().isOk();
		}
	}

}
