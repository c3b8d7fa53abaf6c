package io.github.hotplate.activity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mockito;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.chain.CommandExecutorChain;
import io.github.hotplate.command.Commands;
import io.github.hotplate.execution.CallPart;
import io.github.hotplate.execution.CallRecord;
import io.github.hotplate.support.MonitoringFailures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CommandEvent}.
 */
class CommandEventTests {

	private static final String NAME = "io.github.hotplate.Command";

	private long nanoTime;

	private @Nullable RuntimeException failure;

	private final CommandExecutorChain client = chain(new FlightRecorder("foo"));

	@TempDir
	private Path folder;

	@Test
	void eventHasPartsOfCallAndNoKey() throws IOException {
		List<RecordedEvent> events = record(Duration.ZERO,
				() -> this.client.executeCommand(Commands.command("GET secret")));
		assertThat(events).singleElement().satisfies((event) -> {
			assertThat(event.getString("client")).isEqualTo("foo");
			assertThat(event.getString("command")).isEqualTo("GET");
			assertThat(event.getInt("commands")).isOne();
			assertThat(event.getString("node")).isEqualTo("10.0.0.7:7001");
			assertThat(event.getDuration("poolWaitTime")).isEqualTo(Duration.ofMillis(1));
			assertThat(event.getDuration("connectTime")).isEqualTo(Duration.ofMillis(2));
			assertThat(event.getDuration("retriesTime")).isEqualTo(Duration.ofMillis(3));
			assertThat(event.getDuration("redirectsTime")).isEqualTo(Duration.ofMillis(4));
			assertThat(event.getDuration("serverTime")).isEqualTo(Duration.ofMillis(5));
			assertThat(event.getDuration("askedWaitTime")).isZero();
			assertThat(event.getInt("retries")).isOne();
			assertThat(event.getInt("redirections")).isOne();
			assertThat(event.getString("error")).isNull();
			assertThat(event.toString()).doesNotContain("secret");
			assertThat(event.getStackTrace().getFrames())
				.anySatisfy((frame) -> assertThat(frame.getMethod().getType().getName())
					.isEqualTo(CommandEventTests.class.getName()));
		});
	}

	@Test
	void failureIsShownWithoutMessage() throws IOException {
		this.failure = new JedisDataException("WRONGTYPE secret");
		List<RecordedEvent> events = record(Duration.ZERO, () -> assertThatExceptionOfType(JedisDataException.class)
			.isThrownBy(() -> this.client.executeCommand(Commands.command("GET secret"))));
		assertThat(events).singleElement().satisfies((event) -> {
			assertThat(event.getString("error")).isEqualTo("WRONGTYPE");
			assertThat(event.toString()).doesNotContain("secret");
		});
	}

	@Test
	void quickCallIsNoEvent() throws IOException {
		assertThat(record(Duration.ofHours(1), () -> this.client.executeCommand(Commands.command("GET a")))).isEmpty();
	}

	@Test
	void nothingIsBegunUnlessItIsRecorded() {
		assertThat(new FlightRecorder("foo").begin()).isNull();
	}

	@Test
	void runtimeNeedsNoFlightRecorder() throws ReflectiveOperationException {
		MethodInterceptor advice = (MethodInterceptor) new RuntimeWithoutFlightRecorder()
			.loadClass(RecordingAdvice.class.getName())
			.getConstructor(String.class, List.class, MonitoringFailures.class)
			.newInstance("foo", List.of(), new MonitoringFailures());
		assertThat(advice).isNotInstanceOf(RecordingAdvice.class);
		MethodInterceptor redis = (invocation) -> "reply";
		assertThat(new CommandExecutorChain(Mockito.mock(CommandExecutor.class), List.of(advice, redis))
			.executeCommand(Commands.command("GET a"))).isEqualTo("reply");
	}

	private List<RecordedEvent> record(Duration threshold, Runnable calls) throws IOException {
		Path file = this.folder.resolve("calls.jfr");
		try (Recording recording = new Recording()) {
			recording.enable(NAME).withThreshold(threshold);
			recording.start();
			calls.run();
			recording.stop();
			recording.dump(file);
		}
		return RecordingFile.readAllEvents(file)
			.stream()
			.filter((event) -> event.getEventType().getName().equals(NAME))
			.toList();
	}

	private CommandExecutorChain chain(CallEvents events) {
		MethodInterceptor troubles = (invocation) -> {
			CallRecord.usesNode(new HostAndPort("10.0.0.7", 7001));
			pass(CallPart.POOL_WAIT, 1);
			pass(CallPart.CONNECT, 2);
			pass(CallPart.RETRIES, 3);
			CallRecord.retried();
			pass(CallPart.REDIRECTS, 4);
			CallRecord.redirected(false);
			this.nanoTime += Duration.ofMillis(5).toNanos();
			if (this.failure != null) {
				throw this.failure;
			}
			return "reply";
		};
		RecordingAdvice advice = new RecordingAdvice(events, List.of(), new MonitoringFailures(), () -> this.nanoTime);
		CommandExecutor nobody = Mockito.mock(CommandExecutor.class);
		return new CommandExecutorChain(nobody, List.of(advice, troubles));
	}

	private void pass(CallPart part, long millis) {
		this.nanoTime += Duration.ofMillis(millis).toNanos();
		CallRecord.lap(part);
	}

	/**
	 * Loads the classes of this package anew.
	 */
	private static final class RuntimeWithoutFlightRecorder extends ClassLoader {

		RuntimeWithoutFlightRecorder() {
			super(CommandEventTests.class.getClassLoader());
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (name.startsWith("jdk.jfr.")) {
				throw new ClassNotFoundException(name);
			}
			if (!name.startsWith(RecordingAdvice.class.getPackageName() + ".")) {
				return super.loadClass(name, resolve);
			}
			Class<?> loaded = findLoadedClass(name);
			return (loaded != null) ? loaded : define(name);
		}

		private Class<?> define(String name) throws ClassNotFoundException {
			try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
				byte[] bytes = file.readAllBytes();
				return defineClass(name, bytes, 0, bytes.length);
			}
			catch (IOException ex) {
				throw new ClassNotFoundException(name, ex);
			}
		}

	}

}
