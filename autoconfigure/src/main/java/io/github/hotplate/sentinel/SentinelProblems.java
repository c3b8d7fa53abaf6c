package io.github.hotplate.sentinel;

import java.util.List;
import java.util.Objects;

import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisException;

import io.github.hotplate.command.ErrorReply;
import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.sentinel.SentinelDiscoveryException.Reason;

/**
 * Words what stands between a client and its primary.
 */
final class SentinelProblems {

	private final ClientConfig client;

	private final String name;

	private final String master;

	SentinelProblems(ClientConfig client) {
		this.client = client;
		this.name = client.name();
		this.master = Objects.requireNonNull(client.url().sentinelMaster(), "'sentinelMaster' must not be null");
	}

	SentinelDiscoveryException unknownMaster(List<String> masters) {
		return new SentinelDiscoveryException(Reason.UNKNOWN_MASTER,
				"The Sentinels of " + this.client.describe() + " know no primary '" + this.master + "', "
						+ (masters.isEmpty() ? "and no other" : "only " + String.join(", ", masters)),
				"Correct the name at the end of " + this.name + ".url, or in " + this.name + ".master", null);
	}

	SentinelDiscoveryException unusable(HostAndPort sentinel, JedisException ex) {
		ErrorReply reply = ErrorReply.of(ex);
		if (reply == ErrorReply.UNKNOWN_COMMAND) {
			return new SentinelDiscoveryException(Reason.NOT_A_SENTINEL,
					"The server " + sentinel + " of " + this.client.describe() + " is not a Sentinel",
					"Point " + this.name + ".url at the Sentinels, whose default port is 26379," + " or set "
							+ this.name + ".mode to what the server is: standalone or cluster",
					ex);
		}
		if (reply.isRejectedLogin() || reply.isForbidden()) {
			return new SentinelDiscoveryException(Reason.SENTINEL_REJECTS_LOGIN,
					"Sentinel " + sentinel + " rejected the credentials of " + this.client.describe() + ": "
							+ SentinelFailures.message(ex),
					"Check " + this.name + ".sentinel_username and " + this.name
							+ ".sentinel_password; user and password in " + this.name
							+ ".url are those of the data nodes",
					ex);
		}
		return new SentinelDiscoveryException(Reason.UNREACHABLE,
				"No Sentinel of " + this.client.describe() + " can be reached: " + sentinel + ": "
						+ SentinelFailures.message(ex),
				"Start the Sentinels or correct " + this.name + ".url; to start the application anyway, set "
						+ this.name + ".startup to warn",
				ex);
	}

	SentinelDiscoveryException noPrimary(SentinelView view, PrimaryCheck check) {
		JedisException failure = check.failure();
		if (ErrorReply.of(failure).isRejectedLogin()) {
			return new SentinelDiscoveryException(Reason.PRIMARY_REJECTS_LOGIN,
					"Redis rejected the credentials of " + this.client.describe() + ": " + check.finding(),
					"Check " + this.name + ".username and " + this.name + ".password, or the user and password in "
							+ this.name + ".url",
					failure);
		}
		return new SentinelDiscoveryException(Reason.NO_PRIMARY,
				"The Sentinels of " + this.client.describe() + " lead to no primary: Sentinel " + view.sentinel()
						+ " names " + view.primary() + (view.down() ? ", which it considers down" : "") + " ("
						+ check.finding() + ")",
				"Wait for the failover to end, or repair the primary; to start the application anyway, set " + this.name
						+ ".startup to warn",
				failure);
	}

}
