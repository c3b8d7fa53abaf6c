package io.github.hotplate.command;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How the replies of several nodes to one command become one reply, in the words of
 * Redis' command tips. Works on replies as they come off the wire, before they are
 * decoded.
 *
 * @since 0.1.0
 * @see <a href="https://redis.io/docs/latest/develop/reference/command-tips/">Redis
 * command tips</a>
 */
public enum ResponsePolicy {

	/**
	 * The first reply; all of them are expected to be equal.
	 */
	ALL_SUCCEEDED {

		@Override
		public @Nullable Object aggregate(List<@Nullable Object> replies) {
			return replies.get(0);
		}

	},

	/**
	 * The first reply that is no error, or the first error if there is none.
	 */
	ONE_SUCCEEDED {

		@Override
		public @Nullable Object aggregate(List<@Nullable Object> replies) {
			return replies.stream()
				.filter((reply) -> !(reply instanceof RuntimeException))
				.findFirst()
				.orElse(replies.get(0));
		}

	},

	/**
	 * The first reply that is not empty.
	 */
	FIRST_PRESENT {

		@Override
		public @Nullable Object aggregate(List<@Nullable Object> replies) {
			for (Object reply : replies) {
				if (reply != null) {
					return reply;
				}
			}
			return null;
		}

	},

	/**
	 * The sum of the numbers.
	 */
	AGG_SUM {

		@Override
		public Object aggregate(List<@Nullable Object> replies) {
			return replies.stream().mapToLong(ResponsePolicy::number).sum();
		}

	},

	/**
	 * The smallest of the numbers.
	 */
	AGG_MIN {

		@Override
		public Object aggregate(List<@Nullable Object> replies) {
			return replies.stream().mapToLong(ResponsePolicy::number).min().orElse(0);
		}

	},

	/**
	 * For lists of numbers, the smallest in each place: for zeros and ones, one where
	 * every node said one.
	 */
	AGG_LOGICAL_AND {

		@Override
		public Object aggregate(List<@Nullable Object> replies) {
			List<Object> result = new ArrayList<>(list(replies.get(0)));
			for (Object reply : replies) {
				List<?> other = list(reply);
				for (int i = 0; i < result.size(); i++) {
					result.set(i, Math.min(number(result.get(i)), number(other.get(i))));
				}
			}
			return result;
		}

	},

	/**
	 * All elements of all lists.
	 */
	CONCATENATE {

		@Override
		public Object aggregate(List<@Nullable Object> replies) {
			return replies.stream().flatMap((reply) -> list(reply).stream()).toList();
		}

	},

	/**
	 * The elements of the lists that occur in any of them, once each.
	 */
	UNION {

		@Override
		public Object aggregate(List<@Nullable Object> replies) {
			Map<ByteBuffer, Object> result = new LinkedHashMap<>();
			for (Object reply : replies) {
				list(reply).forEach((element) -> result.putIfAbsent(ByteBuffer.wrap((byte[]) element), element));
			}
			return List.copyOf(result.values());
		}

	},

	/**
	 * The elements of the first list that occur in all others too.
	 */
	INTERSECTION {

		@Override
		public Object aggregate(List<@Nullable Object> replies) {
			Map<ByteBuffer, Object> result = elements(replies.get(0));
			for (Object reply : replies) {
				result.keySet().retainAll(elements(reply).keySet());
			}
			return List.copyOf(result.values());
		}

	},

	/**
	 * The number of elements that occur in all lists.
	 */
	INTERSECTION_SIZE {

		@Override
		public Object aggregate(List<@Nullable Object> replies) {
			return (long) list(INTERSECTION.aggregate(replies)).size();
		}

	},

	/**
	 * The elements of the first list that occur in no other.
	 */
	DIFFERENCE {

		@Override
		public Object aggregate(List<@Nullable Object> replies) {
			Map<ByteBuffer, Object> result = elements(replies.get(0));
			for (Object reply : replies.subList(1, replies.size())) {
				result.keySet().removeAll(elements(reply).keySet());
			}
			return List.copyOf(result.values());
		}

	};

	/**
	 * Make one reply of many.
	 * @param replies at least one reply, in the order of the requests; none is an error,
	 * but for {@link #ONE_SUCCEEDED}
	 * @return the reply for the caller
	 */
	public abstract @Nullable Object aggregate(List<@Nullable Object> replies);

	private static long number(@Nullable Object reply) {
		return (reply instanceof Long number) ? number : 0;
	}

	private static List<?> list(@Nullable Object reply) {
		return (reply instanceof List<?> list) ? list : List.of();
	}

	private static Map<ByteBuffer, Object> elements(@Nullable Object reply) {
		Map<ByteBuffer, Object> elements = new LinkedHashMap<>();
		list(reply).forEach((element) -> elements.put(ByteBuffer.wrap((byte[]) element), element));
		return elements;
	}

}
