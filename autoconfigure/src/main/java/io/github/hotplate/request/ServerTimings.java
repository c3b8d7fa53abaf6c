package io.github.hotplate.request;

import java.util.List;
import java.util.stream.Collectors;

import io.github.hotplate.activity.RedisActivity;

/**
 * Writes an activity down as browsers read it: a metric for all clients, followed by one
 * for each client if several were used.
 */
final class ServerTimings {

	private ServerTimings() {
	}

	static String of(RedisActivity activity) {
		List<String> clients = activity.clients();
		String all = metric("redis", "", activity);
		return (clients.size() < 2) ? all
				: all + ", "
						+ clients.stream()
							.map((client) -> metric("redis." + token(client), client + ": ", activity.client(client)))
							.collect(Collectors.joining(", "));
	}

	private static String metric(String name, String prefix, RedisActivity activity) {
		StringBuilder text = new StringBuilder(name).append(";dur=");
		appendMillis(text, activity.time().toNanos());
		text.append(";desc=\"").append(prefix).append(count(activity.commands(), " command"));
		if (activity.failures() > 0) {
			text.append(", ").append(activity.failures()).append(" failed");
		}
		if (activity.retries() > 0) {
			text.append(", ").append((activity.retries() == 1) ? "1 retry" : activity.retries() + " retries");
		}
		return text.append('"').toString();
	}

	static String count(long count, String what) {
		return count + what + ((count == 1) ? "" : "s");
	}

	private static void appendMillis(StringBuilder text, long nanos) {
		long tenths = (nanos + 50_000) / 100_000;
		text.append(tenths / 10).append('.').append(tenths % 10);
	}

	// Names of clients are prefixes of properties, of which a header takes most.
	private static String token(String client) {
		return client.replaceAll("[^A-Za-z0-9._-]", "_");
	}

}
