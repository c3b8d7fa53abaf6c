package io.github.hotplate.request;

import java.io.IOException;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.util.WebUtils;

import io.github.hotplate.activity.RedisActivity;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.support.MonitoringFailures.Part;

/**
 * Records what requests do to Redis: in their first dispatch, in asynchronous ones and in
 * those for error pages. Forwards and includes are part of the dispatch around them.
 */
public final class RedisRequestFilter implements Filter {

	/**
	 * Within the observation of the request, which is to know about it, and around
	 * everything that may use Redis, such as sessions and security.
	 */
	public static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 2;

	private final RequestRecords records;

	private final MonitoringFailures failures;

	/**
	 * Create a filter.
	 * @param records keeps the records of requests
	 * @param failures counts what goes wrong here
	 */
	public RedisRequestFilter(RequestRecords records, MonitoringFailures failures) {
		this.records = records;
		this.failures = failures;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (request instanceof HttpServletRequest httpRequest && response instanceof HttpServletResponse httpResponse) {
			record(httpRequest, httpResponse, chain);
		}
		else {
			chain.doFilter(request, response);
		}
	}

	private void record(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		RequestRecord record = this.records.of(request, false);
		HttpServletResponse watched = watch(response, record.header());
		if (request.getDispatcherType() == DispatcherType.ERROR) {
			this.records.noteError(record, request, response);
		}
		try (RedisActivity.Scope ignored = record.activity().open()) {
			chain.doFilter(request, watched);
		}
		finally {
			dispatchEnded(record, request, response);
		}
	}

	private static HttpServletResponse watch(HttpServletResponse response, @Nullable ServerTimingHeader header) {
		if (header == null) {
			return response;
		}
		// A container drops headers before it dispatches some errors.
		header.resetHeaders();
		return (WebUtils.getNativeResponse(response, ServerTimingResponse.class) != null) ? response
				: new ServerTimingResponse(response, header);
	}

	private void dispatchEnded(RequestRecord record, HttpServletRequest request, HttpServletResponse response) {
		try {
			this.records.noteRoute(record, request, response);
			this.records.dispatchEnded(record, request);
			if (request.isAsyncStarted()) {
				// Another thread may be writing to the response from now on.
				followAsync(record, request);
				return;
			}
			if (record.header() != null) {
				record.header().beforeCommit(response);
			}
			this.records.warn(record);
			if (!record.endAnnounced()) {
				this.records.end(record);
			}
		}
		catch (RuntimeException ex) {
			this.failures.note(Part.REQUESTS, ex);
		}
	}

	private void followAsync(RequestRecord record, HttpServletRequest request) {
		if (record.follow()) {
			request.getAsyncContext().addListener(new RequestCompletion(this.records, record, request));
		}
	}

}
