package io.github.hotplate.hotkey;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.KeySlots;
import io.github.hotplate.command.PipelineCommand;
import io.github.hotplate.command.SlotBoundCommand;
import io.github.hotplate.command.TransactionCommand;
import io.github.hotplate.config.ClientConfig.SampleRates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KeySampler}.
 */
class KeySamplerTests {

	private static final SampleRates ALL = new SampleRates(1, 1);

	private final CommandObjects commands = new CommandObjects();

	private final List<Sample> samples = new ArrayList<>();

	@Test
	void repeatedKeyCountsAsOftenAsItOccurs() {
		assertThat(sampled(this.commands.mget("a", "b", "a"))).containsExactly("READS a", "READS b", "READS a");
	}

	@Test
	void everyKeyOfWriteCounts() {
		assertThat(sampled(this.commands.mset("a", "1", "b", "2"))).containsExactly("WRITES a", "WRITES b");
		assertThat(sampled(this.commands.del("a", "b"))).containsExactly("WRITES a", "WRITES b");
	}

	@Test
	void sourcesAreReadAndDestinationIsWritten() {
		assertThat(sampled(this.commands.zunionstore("dest", "a", "b"))).containsExactly("WRITES dest", "READS a",
				"READS b");
		assertThat(sampled(this.commands.copy("a", "dest", true))).containsExactly("READS a", "WRITES dest");
	}

	@Test
	void keysOfScriptsCount() {
		assertThat(sampled(this.commands.eval("return 1", 2, "a", "b", "argument"))).containsExactly("WRITES a",
				"WRITES b");
	}

	@Test
	void commandsOfPipelineCountUnlessTheyFailed() {
		PipelineCommand pipeline = new PipelineCommand("",
				List.of(this.commands.get("a"), this.commands.incr("b"), this.commands.get("c")));
		assertThat(sampled(pipeline, Arrays.asList("value", new JedisDataException("WRONGTYPE"), null)))
			.containsExactly("READS a", "READS c");
	}

	@Test
	void commandsOfTransactionCountUnlessItWasDiscarded() {
		TransactionCommand transaction = new TransactionCommand(List.of(this.commands.set("a", "1")), 0, null);
		assertThat(sampled(transaction, List.of("OK"))).containsExactly("WRITES a");
		this.samples.clear();
		assertThat(sampled(transaction, null)).isEmpty();
	}

	@Test
	void ratesOfReadsAndWritesAreApart() {
		KeySampler sampler = sampler(() -> 0);
		sample(sampler, new SampleRates(1, 0), this.commands.copy("a", "dest", true), true);
		sample(sampler, new SampleRates(0, 1), this.commands.copy("a", "dest", true), true);
		assertThat(texts()).containsExactly("READS a", "WRITES dest");
	}

	@Test
	void sampleStandsForCommandsThatWereNotSampled() {
		sample(sampler(() -> 0.009), new SampleRates(0.01, 0), this.commands.get("a"), null);
		sample(sampler(() -> 0.01), new SampleRates(0.01, 0), this.commands.get("b"), null);
		assertThat(this.samples).singleElement().satisfies((sample) -> {
			assertThat(sample.key()).isEqualTo("a");
			assertThat(sample.weight()).isEqualTo(100);
		});
	}

	@Test
	void shareOfSampledCommandsIsTheRate() {
		KeySampler sampler = sampler(new Random(1)::nextDouble);
		for (int i = 0; i < 100_000; i++) {
			sample(sampler, new SampleRates(0.1, 0), this.commands.get("a"), null);
		}
		assertThat(this.samples).hasSizeBetween(9_500, 10_500);
	}

	@Test
	void cutKeyKeepsItsSlot() {
		String key = "{user}:" + "x".repeat(500);
		sample(sampler(() -> 0), ALL, this.commands.get(key), null);
		assertThat(this.samples).singleElement().satisfies((sample) -> {
			assertThat((byte[]) sample.key()).hasSize(64);
			assertThat(sample.slot()).isEqualTo(CommandKeys.slot("user"));
		});
	}

	@Test
	void keyOfPlacedCommandIsWhereTheCommandWent() {
		KeySampler sampler = sampler(() -> 0);
		CommandObject<String> placed = new SlotBoundCommand<>(this.commands.get("a"), 7);
		sample(sampler, ALL, placed, "1");
		sample(sampler, ALL, new PipelineCommand("", List.of(placed, this.commands.get("b"))), List.of("1", "2"));
		assertThat(this.samples).extracting(Sample::slot).containsExactly(7, 7, Sample.SLOT_OF_KEY);
	}

	@Test
	void sizesOfArgumentsAndReplyCount() {
		KeySampler sampler = new KeySampler(new KeyCutter(64), KeySlots.CLUSTER, true, () -> 0, this.samples::add);
		sample(sampler, ALL, this.commands.get("a"), "x".repeat(1_000));
		sample(sampler, ALL, this.commands.set("a", "x".repeat(500)), "OK");
		sample(sampler, ALL, this.commands.mset("a", "1", "b", "22"), "OK");
		sample(sampler, ALL, this.commands.mget("a", "b"), Arrays.asList("333".getBytes(StandardCharsets.UTF_8), null));
		assertThat(this.samples).extracting(Sample::bytes).containsExactly(1_001L, 503L, 1L, 2L, 3L, 0L);
	}

	private List<String> sampled(CommandObject<?> command) {
		this.samples.clear();
		return sampled(command, "reply");
	}

	private List<String> sampled(CommandObject<?> command, @Nullable Object reply) {
		sample(sampler(() -> 0.999), ALL, command, reply);
		return texts();
	}

	private static void sample(KeySampler sampler, SampleRates rates, CommandObject<?> command,
			@Nullable Object reply) {
		sampler.sample(rates, command, CommandSpecs.of(command.getArguments()), reply);
	}

	private List<String> texts() {
		return this.samples.stream().map((sample) -> sample.access() + " " + CommandKeys.text(sample.key())).toList();
	}

	private KeySampler sampler(DoubleSupplier random) {
		return new KeySampler(new KeyCutter(64), KeySlots.CLUSTER, false, random, this.samples::add);
	}

}
