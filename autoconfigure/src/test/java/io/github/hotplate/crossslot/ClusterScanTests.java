package io.github.hotplate.crossslot;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.command.Commands;
import io.github.hotplate.execution.ClusterDownException;
import io.github.hotplate.reports.Report;
import io.github.hotplate.topology.TestTopology;
import io.github.hotplate.topology.Topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ClusterScan} and {@link ClusterScanner}.
 */
class ClusterScanTests {

	private static final BigInteger PROCESS = BigInteger.ONE.shiftLeft(32);

	private final AtomicInteger refreshes = new AtomicInteger();

	private final Topology topology = TestTopology.ofPrimaries(2);

	private final ClusterScanner scanner = new ClusterScanner("foo", () -> this.topology,
			this.refreshes::incrementAndGet);

	private final List<String> sent = new ArrayList<>();

	private String cursor = "0";

	@Test
	void cursorIsANumberThatHoldsEverything() {
		ClusterScan scan = new ClusterScan(ClusterScan.Phase.RUN, true, 16_383, 7, 42, slots(0, 5_460), slots(5, 7),
				slots(8_000, 16_384), new BitSet(), new BigInteger("18446744073709551615"));
		assertThat(ClusterScan.parse(new BigInteger(new String(scan.encode(), StandardCharsets.US_ASCII))))
			.isEqualTo(scan);
		BitSet scattered = new BitSet();
		IntStream.range(0, 16_384).filter((slot) -> slot % 2 == 0).forEach(scattered::set);
		ClusterScan many = ClusterScan.begin(1, scattered, new BitSet(), 0);
		assertThat(ClusterScan.parse(new BigInteger(new String(many.encode(), StandardCharsets.US_ASCII))))
			.isEqualTo(many);
	}

	@ParameterizedTest
	@ValueSource(strings = { "17", "281474976710656", "1000000000000000000000000", "x", "-1", "" })
	void whatIsNoCursorIsRejectedInTheWordsOfRedis(String text) {
		assertThatExceptionOfType(JedisDataException.class)
			.isThrownBy(() -> this.scanner.parts(Commands.arguments("SCAN " + text + " COUNT 10")))
			.withMessage("ERR invalid cursor");
	}

	@Test
	void everyShardIsScannedOnce() {
		page(nodes(1, "0-8191"), scanned(5, 1));
		page(scanned(0, 1));
		page(nodes(1, "0-8191"));
		page(nodes(2, "8192-16383"), scanned(0, 2));
		page(nodes(2, "8192-16383"));
		assertThat(this.cursor).isEqualTo("0");
		assertThat(this.sent).containsExactly("1: CLUSTER NODES", "1: SCAN 0", "1: SCAN " + cursor(5, 1),
				"1: CLUSTER NODES", "2: CLUSTER NODES", "2: SCAN 0", "2: CLUSTER NODES");
	}

	@Test
	@Report("SCAN over a failover")
	void partOfAnotherProcessBeginsAgain() {
		page(nodes(1, "0-8191"), scanned(5, 1));
		page(scanned(7, 9));
		page(nodes(1, "0-8191"), scanned(0, 9));
		page(nodes(1, "0-8191"));
		assertThat(this.sent).endsWith("1: SCAN " + cursor(5, 1), "1: CLUSTER NODES", "1: SCAN 0", "1: CLUSTER NODES");
	}

	@Test
	@Report("SCAN over a failover")
	void nodeThatTookOverSlotsIsWatched() {
		page(nodes(1, "0-8191"), scanned(0, 1));
		page(nodes(3, "0-8191"));
		page(nodes(3, "0-8191"), scanned(5, 1));
		page(nodes(3, "0-99 101-8191 [100->-other]"), scanned(0, 1));
		page(nodes(3, "0-8191"));
		page(nodes(3, "0-8191"), scanned(0, 1));
		page(nodes(3, "0-8191"));
		page(nodes(2, "8192-16383"), scanned(0, 2));
		assertThat(this.sent.get(3)).isEqualTo("1: CLUSTER NODES");
		assertThat(this.sent).filteredOn("1: SCAN 0"::equals).hasSize(3);
	}

	@Test
	@Report("SCAN over a failover")
	void slotThatNeverSettlesEndsTheScanByName() {
		assertThatExceptionOfType(ClusterDownException.class).isThrownBy(() -> {
			for (int i = 0; i < 1_000; i++) {
				page(nodes(1, "0-99 101-8191 [100->-unknown]"), scanned(0, 1));
				page(nodes(1, "0-99 101-8191 [100->-unknown]"));
			}
		}).withMessageContainingAll("'foo'", "slot 100", "redis-cli --cluster fix");
		assertThat(this.refreshes).hasPositiveValue();
	}

	private void page(Object... replies) {
		CommandParts parts = this.scanner.parts(Commands.arguments("SCAN " + this.cursor));
		PartLines.lines(parts).forEach(this.sent::add);
		List<?> page = (List<?>) parts.reply(List.of(replies));
		assertThat(page).isNotNull();
		this.cursor = new String((byte[]) page.get(0), StandardCharsets.US_ASCII);
	}

	private static byte[] nodes(int epoch, String slots) {
		return ("other 127.0.0.1:2@3 master - 0 0 9 connected 1-2\nme 127.0.0.1:1@2 myself,master - 0 0 " + epoch
				+ " connected " + slots + "\n")
			.getBytes(StandardCharsets.US_ASCII);
	}

	private static List<Object> scanned(long cursor, long process) {
		return List.of(cursor(cursor, process).getBytes(StandardCharsets.US_ASCII), List.of());
	}

	private static String cursor(long cursor, long process) {
		return BigInteger.valueOf(cursor).multiply(PROCESS).add(BigInteger.valueOf(process)).toString();
	}

	private static BitSet slots(int first, int end) {
		BitSet slots = new BitSet();
		slots.set(first, end);
		return slots;
	}

}
