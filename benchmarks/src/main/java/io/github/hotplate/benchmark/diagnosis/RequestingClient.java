package io.github.hotplate.benchmark.diagnosis;

import org.jspecify.annotations.Nullable;

import io.github.hotplate.activity.RedisActivity;
import io.github.hotplate.benchmark.peer.BenchmarkClient;

/**
 * Makes ten calls in each request, all on one thread. Every call opens the activity of
 * its request again, which is more than a servlet application does.
 */
final class RequestingClient extends ForwardingClient {

	private static final int CALLS = 10;

	private final ThreadLocal<Request> request = ThreadLocal.withInitial(Request::new);

	RequestingClient(BenchmarkClient client) {
		super(client);
	}

	@Override
	public @Nullable String get(String key) {
		try (RedisActivity.Scope ignored = this.request.get().next().open()) {
			return super.get(key);
		}
	}

	private static final class Request {

		private RedisActivity activity = new RedisActivity();

		private int calls;

		RedisActivity next() {
			if (this.calls++ == CALLS) {
				this.activity = new RedisActivity();
				this.calls = 1;
			}
			return this.activity;
		}

	}

}
