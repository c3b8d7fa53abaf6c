package io.github.hotplate.request;

import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import io.github.hotplate.activity.RedisActivity;
import io.github.hotplate.activity.RequestActivities;
import io.github.hotplate.config.RequestConfig;
import io.github.hotplate.support.Listeners;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.support.MonitoringFailures.Part;

/**
 * Keeps the record of each request, and tells what was in it when the request has ended.
 * Thread-safe.
 */
public final class RequestRecords {

	private final boolean serverTiming;

	private final RequestWarnings warnings;

	private final RouteStatistics statistics;

	private final List<RequestListener> listeners;

	private final MonitoringFailures failures;

	/**
	 * Create an instance.
	 * @param config what to tell, and to whom
	 * @param statistics where requests are added up
	 * @param listeners are told of each request
	 * @param failures counts what goes wrong here, which never affects a request
	 */
	public RequestRecords(RequestConfig config, RouteStatistics statistics, List<RequestListener> listeners,
			MonitoringFailures failures) {
		this.serverTiming = config.serverTiming();
		this.warnings = new RequestWarnings(config);
		this.statistics = statistics;
		this.listeners = List.copyOf(listeners);
		this.failures = failures;
	}

	/**
	 * Return the record of a request, and begin it if there is none.
	 * @param request the request
	 * @param endAnnounced whether the container is going to announce the end of the
	 * request
	 * @return the record
	 */
	RequestRecord of(HttpServletRequest request, boolean endAnnounced) {
		return (request.getAttribute(RequestRecord.ATTRIBUTE) instanceof RequestRecord known) ? known
				: begin(request, endAnnounced);
	}

	private RequestRecord begin(HttpServletRequest request, boolean endAnnounced) {
		RedisActivity activity = RequestActivities.create();
		RequestRecord record = new RequestRecord(activity,
				this.serverTiming ? new ServerTimingHeader(activity, this.failures) : null, endAnnounced);
		request.setAttribute(RequestActivities.ATTRIBUTE, activity);
		request.setAttribute(RequestRecord.ATTRIBUTE, record);
		return record;
	}

	/**
	 * Note what has served a request, unless that was the page for an error.
	 * @param record the record of the request
	 * @param request the request
	 * @param response its response
	 */
	void noteRoute(RequestRecord record, HttpServletRequest request, HttpServletResponse response) {
		if (!record.erroneous()) {
			record.servedBy(RouteFinder.find(request, response.getStatus()));
		}
	}

	/**
	 * Note that a request is dispatched to the page for an error, within the dispatch
	 * that failed or after it.
	 * @param record the record of the request
	 * @param request the request
	 * @param response its response
	 */
	void noteError(RequestRecord record, HttpServletRequest request, HttpServletResponse response) {
		try {
			noteRoute(record, request, response);
		}
		catch (RuntimeException ex) {
			this.failures.note(Part.REQUESTS, ex);
		}
		record.turnErroneous();
	}

	void dispatchEnded(RequestRecord record, HttpServletRequest request) {
		Listeners.tellEach(this.listeners, this.failures,
				(listener) -> listener.dispatchEnded(request, record.activity()));
	}

	/**
	 * Warn of the request if there is a reason to, once. On its thread, the log knows the
	 * trace.
	 * @param record the record of the request
	 */
	void warn(RequestRecord record) {
		Route route = record.route();
		if (route != null && this.warnings.concerns(record.activity()) && record.warn()) {
			this.warnings.warn(route, record.activity());
		}
	}

	void end(RequestRecord record) {
		Route route = record.route();
		if (route == null || !record.end()) {
			return;
		}
		try {
			warn(record);
			RedisActivity activity = record.activity();
			this.statistics.add(route, activity.commands(), activity.repeatedReads(), activity.time().toNanos(),
					activity::remedies);
		}
		catch (RuntimeException ex) {
			this.failures.note(Part.REQUESTS, ex);
		}
		Listeners.tellEach(this.listeners, this.failures,
				(listener) -> listener.requestEnded(route, record.activity()));
	}

}
