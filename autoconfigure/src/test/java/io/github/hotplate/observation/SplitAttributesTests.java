package io.github.hotplate.observation;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.test.simple.SimpleTracer;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.CommandSpecs;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SplitAttributes}.
 */
class SplitAttributesTests {

	private final SimpleTracer tracer = new SimpleTracer();

	private final SplitAttributes attributes = new SplitAttributes(this.tracer);

	private final CommandSpec mget = CommandSpecs.of(new CommandArguments(Command.MGET));

	@Test
	void spanTellsKeysAndNodes() {
		split(5, 3);
		assertThat(this.tracer.onlySpan().getTags()).containsEntry("hotplate.keys", "5")
			.containsEntry("hotplate.nodes", "3");
	}

	@Test
	void spanOfCommandWithoutKeysTellsNodesOnly() {
		split(0, 3);
		assertThat(this.tracer.onlySpan().getTags()).containsEntry("hotplate.nodes", "3")
			.doesNotContainKey("hotplate.keys");
	}

	@Test
	void nothingIsToldWithoutSpan() {
		this.attributes.onSplit(this.mget, 5, 3);
		assertThat(this.tracer.getSpans()).isEmpty();
	}

	private void split(int keys, int nodes) {
		Span span = this.tracer.nextSpan().start();
		try (Tracer.SpanInScope scope = this.tracer.withSpan(span)) {
			this.attributes.onSplit(this.mget, keys, nodes);
		}
		finally {
			span.end();
		}
	}

}
