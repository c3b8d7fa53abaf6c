package io.github.hotplate.request;

import java.util.ArrayList;
import java.util.List;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import io.github.hotplate.activity.RedisActivity;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.support.MonitoringFailures.Part;

/**
 * The header {@code Server-Timing} of one response. It is brought up to date whenever the
 * response may be about to be committed, because containers do not tell when it is. What
 * an application says in headers of the same name stays.
 *
 * @see <a href="https://www.w3.org/TR/server-timing/">Server Timing</a>
 */
final class ServerTimingHeader {

	static final String NAME = "Server-Timing";

	private final RedisActivity activity;

	private final MonitoringFailures failures;

	private long written;

	private long contentLength;

	private @Nullable String value;

	private long commands;

	private boolean stale = true;

	ServerTimingHeader(RedisActivity activity, MonitoringFailures failures) {
		this.activity = activity;
		this.failures = failures;
	}

	/**
	 * Note that the response is about to get more content.
	 * @param bytes the greatest number of bytes that it may get
	 * @param response the response
	 */
	void beforeWrite(long bytes, HttpServletResponse response) {
		this.written += bytes;
		if (this.written >= response.getBufferSize() || isComplete()) {
			beforeCommit(response);
		}
	}

	/**
	 * Note the length of the content, after which a container closes the response.
	 * @param length the length in bytes
	 * @param response the response
	 */
	void contentLength(long length, HttpServletResponse response) {
		this.contentLength = length;
		if (isComplete()) {
			beforeCommit(response);
		}
	}

	private boolean isComplete() {
		return this.contentLength > 0 && this.written >= this.contentLength;
	}

	/**
	 * Note that the content of the response so far is dropped.
	 */
	void resetBuffer() {
		this.written = 0;
	}

	/**
	 * Note that headers are dropped, or that they may have been.
	 */
	void resetHeaders() {
		this.stale = true;
	}

	/**
	 * Bring the header up to date if the response is not committed yet.
	 * @param response the response
	 */
	void beforeCommit(HttpServletResponse response) {
		try {
			long commands = this.activity.commands();
			if ((this.stale || commands != this.commands) && !response.isCommitted()) {
				update(response, ServerTimings.of(this.activity));
				this.commands = commands;
				this.stale = false;
			}
		}
		catch (RuntimeException ex) {
			this.failures.note(Part.REQUESTS, NAME, ex);
		}
	}

	private void update(HttpServletResponse response, String value) {
		List<String> values = new ArrayList<>(response.getHeaders(NAME));
		values.remove(this.value);
		values.add(value);
		response.setHeader(NAME, values.get(0));
		values.stream().skip(1).forEach((other) -> response.addHeader(NAME, other));
		this.value = value;
	}

}
