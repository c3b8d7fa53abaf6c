package io.github.hotplate.sample.board;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.HashOperations;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.ZSetOperations.TypedTuple;
import org.springframework.stereotype.Service;

/**
 * The link board in Redis: a hash for each link, a counter for its views, and one sorted
 * set that ranks them all by votes.
 * <p>
 * Each of these may be gone while the others are there: a failover may have kept the last
 * write of one and lost that of another, and servers that are no cluster take what they
 * have with them when they die.
 *
 * @since 0.1.0
 */
@Service
public class LinkBoard {

	static final int FRONT_PAGE_SIZE = 12;

	/** Enough to fill the front page although a server is away that has every third. */
	private static final int LINKS_TO_LOOK_FOR = 3 * FRONT_PAGE_SIZE;

	/** Long beside the time that it takes. */
	private static final Duration SEEDING_TIME = Duration.ofSeconds(5);

	private static final String NEXT_ID = "board:next-id";

	private static final String RANKING = "board:ranking";

	private static final String SEEDING = "board:seeding";

	private static final String THEME = "board:theme";

	private final StringRedisTemplate foo;

	private final Clock clock;

	LinkBoard(StringRedisTemplate foo, Clock clock) {
		this.foo = foo;
		this.clock = clock;
	}

	/**
	 * Return the links with the most votes. Those that are not found leave their places
	 * to the next best.
	 * @return the front page
	 */
	public FrontPage frontPage() {
		Map<Long, Long> ranked = new LinkedHashMap<>();
		List<Link> links = new ArrayList<>(FRONT_PAGE_SIZE);
		while (links.size() < FRONT_PAGE_SIZE && ranked.size() < LINKS_TO_LOOK_FOR) {
			Map<Long, Long> next = scores(ranked.size(), FRONT_PAGE_SIZE - links.size());
			// A link that has just been overtaken comes a second time.
			next.keySet().removeAll(ranked.keySet());
			if (next.isEmpty()) {
				break;
			}
			links.addAll(find(next));
			ranked.putAll(next);
		}
		return new FrontPage(links, ranked.size() - links.size());
	}

	private List<Link> find(Map<Long, Long> scores) {
		List<Long> ids = List.copyOf(scores.keySet());
		List<Long> views = views(ids);
		List<Object> hashes = this.foo.executePipelined((RedisCallback<@Nullable Object>) (connection) -> {
			ids.forEach((id) -> connection.hashCommands().hGetAll(linkKey(id).getBytes(StandardCharsets.UTF_8)));
			return null;
		});
		List<Link> links = new ArrayList<>(ids.size());
		for (int i = 0; i < ids.size(); i++) {
			long id = ids.get(i);
			if (hashes.get(i) instanceof Map<?, ?> hash && !hash.isEmpty()) {
				links.add(link(id, hash, scores.getOrDefault(id, 0L), views.get(i)));
			}
		}
		return links;
	}

	/**
	 * Return how many links were submitted.
	 * @return the number of links, lost ones included
	 */
	public long size() {
		return number(this.foo.opsForValue().get(NEXT_ID));
	}

	/**
	 * Return how often a link was opened.
	 * @param id the link's id
	 * @return the number of views
	 */
	public long views(long id) {
		return number(this.foo.opsForValue().get(viewsKey(id)));
	}

	/**
	 * Return how often some links were opened.
	 * @param ids the links' ids
	 * @return the number of views of each link, in the same order
	 */
	public List<Long> views(List<Long> ids) {
		if (ids.isEmpty()) {
			return List.of();
		}
		List<@Nullable String> views = this.foo.opsForValue().multiGet(ids.stream().map(LinkBoard::viewsKey).toList());
		return (views != null) ? views.stream().map(LinkBoard::number).toList() : Collections.nCopies(ids.size(), 0L);
	}

	/**
	 * Return how the board is to look.
	 * @return the name of a theme, or nothing if none was chosen
	 */
	public Optional<String> theme() {
		return Optional.ofNullable(this.foo.opsForValue().get(THEME));
	}

	private static long number(@Nullable String value) {
		return (value != null) ? Long.parseLong(value) : 0;
	}

	/**
	 * Return the id of the link at a place of the ranking.
	 * @param rank the place, starting at 1
	 * @return the link's id, or nothing if the board has fewer links
	 */
	public Optional<Long> idAt(int rank) {
		Set<String> ids = this.foo.opsForZSet().reverseRange(RANKING, rank - 1L, rank - 1L);
		return (ids != null) ? ids.stream().findFirst().map(Long::valueOf) : Optional.empty();
	}

	/**
	 * Open a link, which counts as a view.
	 * @param id the link's id
	 * @return where the link leads, or nothing if there is no such link
	 */
	public Optional<String> open(long id) {
		HashOperations<String, String, String> hashes = this.foo.opsForHash();
		String url = hashes.get(linkKey(id), "url");
		if (url != null) {
			this.foo.opsForValue().increment(viewsKey(id));
		}
		return Optional.ofNullable(url);
	}

	/**
	 * Vote for a link.
	 * @param id the link's id
	 * @return the link's score with this vote, or nothing if there is no such link
	 */
	public Optional<Long> vote(long id) {
		String member = Long.toString(id);
		if (this.foo.opsForZSet().score(RANKING, member) == null) {
			return Optional.empty();
		}
		return Optional.ofNullable(this.foo.opsForZSet().incrementScore(RANKING, member, 1)).map(Double::longValue);
	}

	/**
	 * Submit a link; it starts with the vote of its submitter.
	 * @param link the new link
	 * @return the link on the board
	 */
	public Link submit(NewLink link) {
		long id = rankNewLink();
		Instant now = this.clock.instant();
		this.foo.opsForHash()
			.putAll(linkKey(id), Map.of("title", link.title(), "url", link.url(), "submitted-at", now.toString()));
		return new Link(id, link.title(), link.url(), now, 1, 0);
	}

	// A lost counter restarts, and must not hand out an identifier twice.
	private long rankNewLink() {
		Long id;
		do {
			id = this.foo.opsForValue().increment(NEXT_ID);
		}
		while (Boolean.FALSE.equals(this.foo.opsForZSet().addIfAbsent(RANKING, Long.toString(id), 1)));
		return id;
	}

	/**
	 * Claim the right to fill the board, which one application gets at a time.
	 * @return whether the caller is the one
	 */
	boolean claimSeeding() {
		return Boolean.TRUE
			.equals(this.foo.opsForValue().setIfAbsent(SEEDING, this.clock.instant().toString(), SEEDING_TIME));
	}

	/**
	 * Take the links off the ranking that are not found, for good.
	 */
	void removeLost() {
		Set<String> ids = this.foo.opsForZSet().range(RANKING, 0, -1);
		if (ids != null) {
			ids.stream()
				.filter((id) -> Boolean.FALSE.equals(this.foo.hasKey(linkKey(Long.parseLong(id)))))
				.forEach((id) -> this.foo.opsForZSet().remove(RANKING, id));
		}
	}

	private Map<Long, Long> scores(long place, int count) {
		Map<Long, Long> scores = new LinkedHashMap<>();
		for (TypedTuple<String> entry : this.foo.opsForZSet()
			.reverseRangeWithScores(RANKING, place, place + count - 1)) {
			if (entry.getValue() != null && entry.getScore() != null) {
				scores.put(Long.valueOf(entry.getValue()), entry.getScore().longValue());
			}
		}
		return scores;
	}

	private static Link link(long id, Map<?, ?> hash, long score, long views) {
		return new Link(id, text(hash, "title"), text(hash, "url"), Instant.parse(text(hash, "submitted-at")), score,
				views);
	}

	private static String text(Map<?, ?> hash, String field) {
		return Objects.toString(hash.get(field), "");
	}

	private static String linkKey(long id) {
		return "board:link:" + id;
	}

	private static String viewsKey(long id) {
		return "board:views:" + id;
	}

}
