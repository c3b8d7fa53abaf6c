package io.github.hotplate.sentinel;

import java.util.List;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisException;

import io.github.hotplate.command.ErrorReply;
import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.sentinel.SentinelDiscoveryException.Reason;

/**
 * Words the exceptions of a round of questions to Sentinels.
 */
final class SentinelProblems {

	private final String name;

	private final String client;

	SentinelProblems(ClientConfig client) {
		this.name = client.name();
		this.client = client.describe();
	}

	SentinelDiscoveryException unknownMaster(String master, List<String> masters) {
		return problem(Reason.UNKNOWN_MASTER,
				"The Sentinels of " + this.client + " do not monitor a primary '" + master + "'; they monitor "
						+ (masters.isEmpty() ? "none" : "these: " + String.join(", ", masters)),
				"Correct the name at the end of " + this.name + ".url, or in " + this.name + ".master", null);
	}

	/**
	 * Explain why a Sentinel gave no answer.
	 * @param sentinel the address of the supposed Sentinel
	 * @param failure the failure of the question
	 * @return the exception
	 */
	SentinelDiscoveryException unusable(HostAndPort sentinel, JedisException failure) {
		ErrorReply reply = ErrorReply.of(failure);
		if (reply == ErrorReply.UNKNOWN_COMMAND) {
			return problem(Reason.NOT_A_SENTINEL,
					"The server " + sentinel + " of " + this.client + " is not a Sentinel",
					"Point " + this.name + ".url at the Sentinels (default port 26379), or set " + this.name
							+ ".mode to match the server: standalone or cluster",
					failure);
		}
		if (reply.isRejectedLogin() || reply.isForbidden()) {
			return problem(Reason.SENTINEL_REJECTS_LOGIN,
					"Sentinel " + sentinel + " rejected the credentials of " + this.client + ": "
							+ SentinelFailures.message(failure),
					"Check " + this.name + ".sentinel_username and " + this.name
							+ ".sentinel_password; the user and password in " + this.name
							+ ".url are for the data nodes",
					failure);
		}
		return problem(Reason.UNREACHABLE,
				"No Sentinel of " + this.client + " can be reached: " + sentinel + ": "
						+ SentinelFailures.message(failure),
				"Start the Sentinels or correct " + this.name + ".url; " + startAnyway(), failure);
	}

	/**
	 * Explain why the primary that a Sentinel names is not usable.
	 * @param view the answer of the Sentinel
	 * @param check the check of the primary
	 * @return the exception
	 */
	SentinelDiscoveryException noPrimary(SentinelView view, PrimaryCheck check) {
		JedisException failure = check.failure();
		if (ErrorReply.of(failure).isRejectedLogin()) {
			return problem(Reason.PRIMARY_REJECTS_LOGIN,
					"Redis rejected the credentials of " + this.client + ": " + check.finding(),
					"Check " + this.name + ".username and " + this.name + ".password, or the user and password in "
							+ this.name + ".url",
					failure);
		}
		return problem(Reason.NO_PRIMARY,
				"No Sentinel of " + this.client + " names a working primary: Sentinel " + view.sentinel() + " names "
						+ view.primary() + (view.down() ? ", which it considers down" : "") + " (" + check.finding()
						+ ")",
				"Wait for the failover to end, or repair the primary; " + startAnyway(), failure);
	}

	private String startAnyway() {
		return "to start the application anyway, set " + this.name + ".startup to warn";
	}

	private static SentinelDiscoveryException problem(Reason reason, String description, String action,
			@Nullable Throwable cause) {
		return new SentinelDiscoveryException(reason, description, action, cause);
	}

}
