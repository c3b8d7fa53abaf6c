package io.github.hotplate.command;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ResponsePolicy}.
 */
class ResponsePolicyTests {

	@Test
	void allSucceededIsFirstReply() {
		assertThat(ResponsePolicy.ALL_SUCCEEDED.aggregate(List.of("first", "second"))).isEqualTo("first");
	}

	@Test
	void firstPresentSkipsEmptyReplies() {
		assertThat(ResponsePolicy.FIRST_PRESENT.aggregate(Arrays.asList(null, "second", "third"))).isEqualTo("second");
		assertThat(ResponsePolicy.FIRST_PRESENT.aggregate(Arrays.asList(null, null))).isNull();
	}

	@Test
	void numbersAreAdded() {
		assertThat(ResponsePolicy.AGG_SUM.aggregate(List.of(1L, 20L, 300L))).isEqualTo(321L);
	}

	@Test
	void smallestNumberCounts() {
		assertThat(ResponsePolicy.AGG_MIN.aggregate(List.of(2L, 1L, 3L))).isEqualTo(1L);
	}

	@Test
	void oneIsOneEverywhere() {
		assertThat(ResponsePolicy.AGG_LOGICAL_AND.aggregate(List.of(List.of(1L, 1L, 0L), List.of(1L, 0L, 0L))))
			.isEqualTo(List.of(1L, 0L, 0L));
	}

	@Test
	void listsAreJoinedInOrder() {
		assertThat(ResponsePolicy.CONCATENATE.aggregate(List.of(List.of("c", "a"), List.of(), List.of("a", "b"))))
			.isEqualTo(List.of("c", "a", "a", "b"));
	}

	@Test
	void unionHasEveryMemberOnce() {
		assertThat(aggregate(ResponsePolicy.UNION, "a b", "b c", "")).containsExactly("a", "b", "c");
	}

	@Test
	void intersectionHasMembersOfAll() {
		assertThat(aggregate(ResponsePolicy.INTERSECTION, "a b c", "c b x", "b c y")).containsExactly("b", "c");
		assertThat(aggregate(ResponsePolicy.INTERSECTION, "a b", "")).isEmpty();
	}

	@Test
	void differenceHasMembersOfFirstOnly() {
		assertThat(aggregate(ResponsePolicy.DIFFERENCE, "a b c", "b x", "y")).containsExactly("a", "c");
	}

	private static List<String> aggregate(ResponsePolicy policy, String... sets) {
		List<@Nullable Object> replies = Stream.of(sets).<@Nullable Object>map(ResponsePolicyTests::members).toList();
		List<?> result = (List<?>) policy.aggregate(replies);
		assertThat(result).isNotNull();
		return result.stream().map((member) -> new String((byte[]) member, StandardCharsets.UTF_8)).toList();
	}

	private static List<byte[]> members(String set) {
		return Stream.of(set.split(" "))
			.filter((member) -> !member.isEmpty())
			.map((member) -> member.getBytes(StandardCharsets.UTF_8))
			.toList();
	}

}
