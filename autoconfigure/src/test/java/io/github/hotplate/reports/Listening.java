package io.github.hotplate.reports;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.Message;
import org.springframework.data.redis.connection.MessageListener;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.SubscriptionListener;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;
import org.springframework.data.redis.listener.Topic;

import io.github.hotplate.execution.AmbiguousExecutionException;

/**
 * A listener in Spring's container, as an application has it.
 */
final class Listening implements AutoCloseable {

	private final RedisMessageListenerContainer container = new RedisMessageListenerContainer();

	private final Listener listener;

	private Listening(RedisConnectionFactory factory, Consumer<Message> onMessage) {
		this.listener = new Listener(onMessage);
		this.container.setConnectionFactory(factory);
		this.container.afterPropertiesSet();
	}

	static Listening to(RedisConnectionFactory factory, Topic... topics) {
		return to(factory, (message) -> {
		}, topics);
	}

	static Listening to(RedisConnectionFactory factory, Consumer<Message> onMessage, Topic... topics) {
		Listening listening = new Listening(factory, onMessage);
		listening.container.addMessageListener(listening.listener, List.of(topics));
		listening.container.start();
		return listening;
	}

	RedisMessageListenerContainer container() {
		return this.container;
	}

	MessageListener listener() {
		return this.listener;
	}

	/**
	 * Return what was heard so far, each message as its channel, a space and its body.
	 */
	List<String> heard() {
		return List.copyOf(this.listener.heard);
	}

	int subscribed() {
		return this.listener.subscribed.get();
	}

	/**
	 * Publish until a message is heard.
	 * @return how long that took
	 */
	Duration untilHeard(StringRedisTemplate publisher, String channel) {
		long start = System.nanoTime();
		String question = "are you there since " + start + "? ";
		AtomicInteger asked = new AtomicInteger();
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(20))
			.ignoreExceptionsInstanceOf(AmbiguousExecutionException.class)
			.until(() -> {
				publisher.convertAndSend(channel, question + asked.incrementAndGet());
				return heard().stream().anyMatch((message) -> message.startsWith(channel + " " + question));
			});
		return Duration.ofNanos(System.nanoTime() - start);
	}

	@Override
	public void close() {
		try {
			this.container.destroy();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static final class Listener implements MessageListener, SubscriptionListener {

		private final Consumer<Message> onMessage;

		private final Queue<String> heard = new ConcurrentLinkedQueue<>();

		private final AtomicInteger subscribed = new AtomicInteger();

		Listener(Consumer<Message> onMessage) {
			this.onMessage = onMessage;
		}

		@Override
		public void onMessage(Message message, byte @Nullable [] pattern) {
			this.heard.add(text(message.getChannel()) + " " + text(message.getBody()));
			this.onMessage.accept(message);
		}

		@Override
		public void onChannelSubscribed(byte[] channel, long count) {
			this.subscribed.incrementAndGet();
		}

		@Override
		public void onPatternSubscribed(byte[] pattern, long count) {
			this.subscribed.incrementAndGet();
		}

		private static String text(byte[] bytes) {
			return new String(bytes, StandardCharsets.UTF_8);
		}

	}

}
