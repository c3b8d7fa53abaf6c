package io.github.hotplate.sample.board;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.HashOperations;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.ZSetOperations.TypedTuple;
import org.springframework.stereotype.Service;

/**
 * The link board in Redis: a hash for each link, a counter for its views, and one sorted
 * set that ranks them all by votes.
 *
 * @since 0.1.0
 */
@Service
public class LinkBoard {

	private static final int FRONT_PAGE_SIZE = 12;

	private static final String NEXT_ID = "board:next-id";

	private static final String RANKING = "board:ranking";

	private static final String SEEDED = "board:seeded";

	private final StringRedisTemplate foo;

	private final Clock clock;

	LinkBoard(StringRedisTemplate foo, Clock clock) {
		this.foo = foo;
		this.clock = clock;
	}

	/**
	 * Return the links with the most votes, best first.
	 * @return the front page
	 */
	public List<Link> frontPage() {
		Map<Long, Long> scores = bestScores();
		if (scores.isEmpty()) {
			return List.of();
		}
		List<Long> ids = List.copyOf(scores.keySet());
		List<@Nullable String> views = this.foo.opsForValue().multiGet(ids.stream().map(LinkBoard::viewsKey).toList());
		List<Link> links = new ArrayList<>(ids.size());
		for (int i = 0; i < ids.size(); i++) {
			long id = ids.get(i);
			Map<String, String> hash = this.foo.<String, String>opsForHash().entries(linkKey(id));
			// A failover may have kept the ranking's last write and lost the link's.
			if (!hash.isEmpty()) {
				links.add(link(id, hash, scores.getOrDefault(id, 0L), (views != null) ? views.get(i) : null));
			}
		}
		return links;
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
	 * Submit a link; it starts with the vote of whoever submits it.
	 * @param link the new link
	 * @return the link on the board
	 */
	public Link submit(NewLink link) {
		Long id = this.foo.opsForValue().increment(NEXT_ID);
		Instant now = this.clock.instant();
		this.foo.opsForHash()
			.putAll(linkKey(id), Map.of("title", link.title(), "url", link.url(), "submitted-at", now.toString()));
		this.foo.opsForZSet().add(RANKING, Long.toString(id), 1);
		return new Link(id, link.title(), link.url(), now, 1, 0);
	}

	/**
	 * Claim the right to fill an empty board, which only one application ever gets.
	 * @return whether the caller is the one
	 */
	boolean claimSeeding() {
		return Boolean.TRUE.equals(this.foo.opsForValue().setIfAbsent(SEEDED, this.clock.instant().toString()));
	}

	private Map<Long, Long> bestScores() {
		Map<Long, Long> scores = new LinkedHashMap<>();
		for (TypedTuple<String> entry : this.foo.opsForZSet()
			.reverseRangeWithScores(RANKING, 0, FRONT_PAGE_SIZE - 1L)) {
			if (entry.getValue() != null && entry.getScore() != null) {
				scores.put(Long.valueOf(entry.getValue()), entry.getScore().longValue());
			}
		}
		return scores;
	}

	private static Link link(long id, Map<String, String> hash, long score, @Nullable String views) {
		return new Link(id, hash.getOrDefault("title", ""), hash.getOrDefault("url", ""),
				Instant.parse(hash.getOrDefault("submitted-at", "")), score,
				(views != null) ? Long.parseLong(views) : 0);
	}

	private static String linkKey(long id) {
		return "board:link:" + id;
	}

	private static String viewsKey(long id) {
		return "board:views:" + id;
	}

}
