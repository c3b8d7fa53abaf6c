package io.github.hotplate.crossslot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.executors.CommandExecutor;
import redis.clients.jedis.params.ScanParams;

import io.github.hotplate.chain.CommandExecutorChain;
import io.github.hotplate.command.CompositeCommand;
import io.github.hotplate.command.KeySlots;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.topology.TestTopology;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SplitAdvice}: what its listeners are told.
 */
class SplitAdviceTests {

	private final CommandObjects jedis = new CommandObjects();

	private final MonitoringFailures failures = new MonitoringFailures();

	private final List<String> told = new ArrayList<>();

	private final SplitListener listener = (command, keys, nodes) -> this.told
		.add(command.name() + " " + keys + " " + nodes);

	@Test
	void listenerIsToldOfCommandForSeveralNodes() {
		run(this.jedis.mset("a", "1", "b", "2", "c", "3", "a", "4"), this.listener);
		run(this.jedis.dbSize(), this.listener);
		run(this.jedis.keys("*"), this.listener);
		run(this.jedis.smove("a", "b", "m"), this.listener);
		assertThat(this.told).containsExactly("MSET 4 3", "DBSIZE 0 3", "KEYS 0 3", "SMOVE 2 2");
	}

	@Test
	void listenerIsNotToldOfCommandForOneNode() {
		run(this.jedis.get("a"), this.listener);
		run(this.jedis.mset("{a}1", "1", "{a}2", "2"), this.listener);
		run(this.jedis.smove("{a}1", "{a}2", "m"), this.listener);
		run(this.jedis.scan("0", new ScanParams()), this.listener);
		assertThat(this.told).isEmpty();
	}

	@Test
	void failingListenerDisturbsNothing() {
		SplitListener failing = (command, keys, nodes) -> {
			throw new IllegalStateException("broken");
		};
		assertThat(run(this.jedis.dbSize(), failing, this.listener)).isZero();
		assertThat(this.told).hasSize(1);
		assertThat(this.failures.count(MonitoringFailures.Part.LISTENER)).isEqualTo(1);
	}

	private <T> T run(CommandObject<T> command, SplitListener... listeners) {
		SplitAdvice advice = new SplitAdvice(
				new CommandSplitter("foo", KeySlots.CLUSTER, () -> TestTopology.ofPrimaries(3), () -> {
				}), Arrays.asList(listeners), this.failures);
		return new CommandExecutorChain(new Redis(), List.of(advice)).executeCommand(command);
	}

	/**
	 * Knows nothing and says so.
	 */
	private static final class Redis implements CommandExecutor {

		@Override
		@SuppressWarnings("unchecked")
		public <T> T executeCommand(CommandObject<T> command) {
			if (command instanceof CompositeCommand<?> composite) {
				boolean scan = composite.getCommands().get(0).getArguments().getCommand() == Command.CLUSTER;
				return (T) Collections.nCopies(composite.getCommands().size(),
						scan ? List.of(new byte[] { '0' }, List.of()) : null);
			}
			return (T) null;
		}

		@Override
		public void close() {
			// Holds nothing.
		}

	}

}
