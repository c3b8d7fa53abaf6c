package io.github.hotplate.client;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;

import io.github.hotplate.command.ErrorReply;
import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.config.StartupFailure;
import io.github.hotplate.sentinel.SentinelDiscoveryException;
import io.github.hotplate.topology.RefreshReason;
import io.github.hotplate.topology.ServerModeException;
import io.github.hotplate.topology.Topology;

/**
 * The first contact of a client with its Redis. What only a change of the configuration
 * can fix is an error; whether Redis must be reachable is the user's choice.
 */
final class ClientStartup {

	private static final Logger logger = LoggerFactory.getLogger(ClientStartup.class);

	private final ClientAssembly assembly;

	private final ClientConfig config;

	private final String key;

	ClientStartup(ClientAssembly assembly) {
		this.assembly = assembly;
		this.config = assembly.config();
		this.key = this.config.name();
	}

	/**
	 * Learn the topology and start to keep it current.
	 * @throws ClientStartupException if Redis cannot be used
	 */
	void run() {
		try {
			this.assembly.topology().refresh(RefreshReason.START);
			checkCoverage();
			logger.info("Redis client '{}': mode {}, {} nodes in {} shards, max_connections {}{}, url {} from {}",
					this.key, this.config.mode().label(), topology().nodes().size(), topology().shards().size(),
					this.config.poolLimits().maxConnections(), this.config.poolLimits().perNode() ? " per node" : "",
					this.config.url(), this.config.url().origin());
		}
		catch (DataAccessException ex) {
			ClientStartupException unusable = unusable(ex);
			if (unusable != null) {
				throw unusable;
			}
			logger.warn(
					"Redis client '{}' cannot connect; starting anyway ({}.startup=warn) and retrying in the background: {}",
					this.key, this.key, ex.getMessage());
			this.assembly.topology().refresher().resume(RefreshReason.START);
		}
		this.assembly.startBackgroundWork();
	}

	private Topology topology() {
		return this.assembly.topology().current();
	}

	private void checkCoverage() {
		Topology topology = topology();
		if (!this.config.clusterOptions().skipFullCoverageCheck() && !topology.isComplete()) {
			throw new ClientStartupException(
					"Only " + topology.coveredSlots() + " of 16384 slots of " + this.config.describe() + " are served",
					"Repair the cluster, or set " + this.key + ".skip_full_coverage_check to true", null);
		}
	}

	private @Nullable ClientStartupException unusable(DataAccessException failure) {
		if (failure instanceof ServerModeException ex) {
			return new ClientStartupException(String.valueOf(ex.getMessage()), ex.getAction(), ex);
		}
		if (failure instanceof SentinelDiscoveryException ex) {
			return (!ex.getReason().isPassing() || this.config.startupFailure() == StartupFailure.FAIL)
					? new ClientStartupException(String.valueOf(ex.getMessage()), ex.getAction(), ex) : null;
		}
		return unusable(failure, Arrays.asList(failure.getSuppressed()));
	}

	private @Nullable ClientStartupException unusable(DataAccessException failure, List<Throwable> failures) {
		if (replied(failures, ErrorReply.CLUSTER_DISABLED::equals)) {
			return new ClientStartupException("The server of " + this.config.describe() + " is not in cluster mode",
					"Set " + this.key + ".mode to standalone, or point " + this.key + ".url at a Redis Cluster",
					failure);
		}
		if (replied(failures, (reply) -> reply.isRejectedLogin() || reply.isForbidden())) {
			return new ClientStartupException(
					"Redis rejected the credentials of " + this.config.describe() + ": "
							+ replies(failures).findFirst().map(Throwable::getMessage).orElse("no reason given"),
					"Check " + this.key + ".username and " + this.key + ".password, or the user and password in "
							+ this.key + ".url",
					failure);
		}
		if (replied(failures, ErrorReply.NO_SUCH_DATABASE::equals)) {
			return new ClientStartupException(
					"The server of " + this.config.describe() + " has no database " + this.config.url().database(),
					"End " + this.key + ".url in a database that it has, such as /0", failure);
		}
		if (this.config.startupFailure() == StartupFailure.WARN) {
			return null;
		}
		return new ClientStartupException(
				"No node of " + this.config.describe() + " can be reached: "
						+ NestedExceptionUtils.getMostSpecificCause(failure).getMessage(),
				"Start Redis or correct " + this.key + ".url; to start the application anyway, set " + this.key
						+ ".startup to warn",
				failure);
	}

	private static boolean replied(List<Throwable> failures, Predicate<ErrorReply> meaning) {
		return replies(failures).map(ErrorReply::of).anyMatch(meaning);
	}

	private static Stream<Throwable> replies(List<Throwable> failures) {
		return failures.stream()
			.map(NestedExceptionUtils::getMostSpecificCause)
			.filter((failure) -> ErrorReply.of(failure) != ErrorReply.NONE);
	}

}
