package io.github.hotplate.request;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Ends the record of a request that is served asynchronously.
 */
final class RequestCompletion implements AsyncListener {

	private final RequestRecords records;

	private final RequestRecord record;

	private final HttpServletRequest request;

	RequestCompletion(RequestRecords records, RequestRecord record, HttpServletRequest request) {
		this.records = records;
		this.record = record;
		this.request = request;
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
		event.getAsyncContext().addListener(this);
	}

	@Override
	public void onTimeout(AsyncEvent event) {
		this.records.dispatchEnded(this.record, this.request);
	}

	@Override
	public void onError(AsyncEvent event) {
		this.records.dispatchEnded(this.record, this.request);
	}

	@Override
	public void onComplete(AsyncEvent event) {
		this.records.dispatchEnded(this.record, this.request);
		this.records.end(this.record);
	}

}
