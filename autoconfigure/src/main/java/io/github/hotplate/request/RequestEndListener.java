package io.github.hotplate.request;

import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Learns of the end of each request from the container, which is after the dispatch to
 * the page for an error.
 */
public final class RequestEndListener implements ServletRequestListener {

	private final RequestRecords records;

	/**
	 * Create a listener.
	 * @param records keeps the records of requests
	 */
	public RequestEndListener(RequestRecords records) {
		this.records = records;
	}

	@Override
	public void requestInitialized(ServletRequestEvent event) {
		if (event.getServletRequest() instanceof HttpServletRequest request) {
			this.records.of(request, true);
		}
	}

	@Override
	public void requestDestroyed(ServletRequestEvent event) {
		if (event.getServletRequest() instanceof HttpServletRequest request) {
			RequestRecord record = this.records.of(request, true);
			// Some containers announce the end of each dispatch.
			if (!record.followed()) {
				this.records.end(record);
			}
		}
	}

}
