package io.github.hotplate.benchmark.pool;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * The kinds of calls that compete for connections.
 */
enum PoolCall {

	SET(40) {

		@Override
		void make(StringRedisTemplate template, SplittableRandom random) {
			template.opsForValue().set(key(random), "value");
		}

	},

	GET(40) {

		@Override
		void make(StringRedisTemplate template, SplittableRandom random) {
			template.opsForValue().get(key(random));
		}

	},

	MGET(8) {

		@Override
		void make(StringRedisTemplate template, SplittableRandom random) {
			template.opsForValue().multiGet(keys(random));
		}

	},

	PIPELINE(8) {

		@Override
		void make(StringRedisTemplate template, SplittableRandom random) {
			template.executePipelined((RedisCallback<?>) (connection) -> {
				keys(random).forEach((key) -> connection.stringCommands().get(key.getBytes(StandardCharsets.UTF_8)));
				return null;
			});
		}

	},

	PUSH(2) {

		@Override
		void make(StringRedisTemplate template, SplittableRandom random) {
			template.opsForList().leftPush(queue(random), "element");
		}

	},

	BLOCKING_POP(2) {

		@Override
		void make(StringRedisTemplate template, SplittableRandom random) {
			template.opsForList().rightPop(queue(random), Duration.ofSeconds(1));
		}

	};

	private static final int POPULATION = 1_000;

	private static final int QUEUES = 8;

	private static final int BATCH = 20;

	private final int percent;

	PoolCall(int percent) {
		this.percent = percent;
	}

	abstract void make(StringRedisTemplate template, SplittableRandom random);

	/**
	 * Choose a kind of call.
	 * @param random the source of randomness
	 * @return each kind as often as its share says
	 */
	static PoolCall next(SplittableRandom random) {
		int rest = random.nextInt(100);
		for (PoolCall call : values()) {
			rest -= call.percent;
			if (rest < 0) {
				return call;
			}
		}
		throw new IllegalStateException("The shares do not add up to 100");
	}

	private static String key(SplittableRandom random) {
		return "key:" + random.nextInt(POPULATION);
	}

	private static List<String> keys(SplittableRandom random) {
		return IntStream.range(0, BATCH).mapToObj((number) -> key(random)).toList();
	}

	private static String queue(SplittableRandom random) {
		return "queue:" + random.nextInt(QUEUES);
	}

}
