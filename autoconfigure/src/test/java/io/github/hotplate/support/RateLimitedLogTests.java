package io.github.hotplate.support;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RateLimitedLog}.
 */
@ExtendWith(OutputCaptureExtension.class)
class RateLimitedLogTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private long now = Long.MAX_VALUE - 5;

	private final RateLimitedLog log = new RateLimitedLog(LoggerFactory.getLogger(RateLimitedLogTests.class),
			() -> this.now);

	@Test
	void logsOneTroubleOnceMinuteAndSaysHowManyLinesWereLeftOut(CapturedOutput output) {
		assertThat(warn("node")).isTrue();
		IntStream.range(0, 59).forEach((i) -> assertThat(warn("node")).isFalse());
		pass(MINUTE.minusNanos(1));
		assertThat(warn("node")).isFalse();
		pass(Duration.ofNanos(1));
		assertThat(warn("node")).isTrue();
		assertThat(lines(output)).hasSize(2);
		assertThat(lines(output).get(0)).endsWith("node fails");
		assertThat(lines(output).get(1)).endsWith("node fails (60 more such lines left out in the last 60 s)");
	}

	@Test
	void countStartsOverWithEachLine(CapturedOutput output) {
		warn("node");
		warn("node");
		pass(MINUTE);
		warn("node");
		pass(MINUTE);
		warn("node");
		assertThat(lines(output)).hasSize(3);
		assertThat(lines(output).get(2)).endsWith("node fails");
	}

	@Test
	void otherSubjectsAndKindsHaveTheirOwnLines(CapturedOutput output) {
		warn("first");
		warn("second");
		this.log.info("first", "{} is fine", "first");
		assertThat(output).contains("WARN", "first fails", "second fails", "INFO", "first is fine");
	}

	@Test
	void exceptionKeepsItsStackTrace(CapturedOutput output) {
		this.log.warn("node", "{} fails", "node", new IllegalStateException("reason"));
		pass(MINUTE.minusNanos(1));
		this.log.warn("node", "{} fails", "node", new IllegalStateException("left out"));
		pass(MINUTE);
		this.log.warn("node", "{} fails", "node", new IllegalStateException("later reason"));
		assertThat(output).contains("IllegalStateException: reason", "node fails (1 more such lines left out")
			.contains("IllegalStateException: later reason", "at io.github.hotplate.support.RateLimitedLogTests")
			.doesNotContain("IllegalStateException: left out");
	}

	@Test
	void manySubjectsShareLineInsteadOfFillingTheMemory(CapturedOutput output) {
		IntStream.range(0, 10_000).forEach((i) -> warn("node" + i));
		assertThat(lines(output)).hasSize(1_001);
		pass(MINUTE);
		IntStream.range(0, 10_000).forEach((i) -> warn("later" + i));
		assertThat(lines(output)).hasSizeBetween(2_000, 2_002);
	}

	@Test
	void stormFromManyThreadsIsOneLine(CapturedOutput output) {
		AtomicInteger logged = new AtomicInteger();
		IntStream.range(0, 10_000).parallel().forEach((i) -> {
			if (warn("node")) {
				logged.incrementAndGet();
			}
		});
		assertThat(logged).hasValue(1);
		pass(MINUTE);
		warn("node");
		assertThat(output).contains("(9999 more such lines left out");
	}

	private boolean warn(String subject) {
		return this.log.warn(subject, "{} fails", subject);
	}

	private void pass(Duration time) {
		this.now += time.toNanos();
	}

	private static List<String> lines(CapturedOutput output) {
		return output.toString().lines().filter((line) -> line.contains(" fails")).toList();
	}

}
