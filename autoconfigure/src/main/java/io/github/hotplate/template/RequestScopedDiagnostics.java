package io.github.hotplate.template;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * Finds the diagnostics of the current request and creates them on first use. Without an
 * active request, callers share diagnostics: at start-up, in scheduled and asynchronous
 * methods, and on virtual threads.
 */
final class RequestScopedDiagnostics implements Supplier<RequestDiagnostics> {

	private static final Logger logger = LoggerFactory.getLogger(MonitoredRedisTemplate.class);

	private final String client;

	private final String attribute;

	private final RequestDiagnostics shared = new RequestDiagnostics(System::nanoTime);

	RequestScopedDiagnostics(String client) {
		this.client = client;
		this.attribute = RequestDiagnostics.class.getName() + "." + client;
	}

	@Override
	public RequestDiagnostics get() {
		RequestAttributes request = RequestContextHolder.getRequestAttributes();
		if (request == null) {
			return this.shared;
		}
		try {
			RequestDiagnostics diagnostics = find(request);
			return (diagnostics != null) ? diagnostics : findOrCreate(request);
		}
		catch (IllegalStateException ex) {
			// The request has ended, but this thread still carries its attributes.
			return this.shared;
		}
	}

	private @Nullable RequestDiagnostics find(RequestAttributes request) {
		return (RequestDiagnostics) request.getAttribute(this.attribute, RequestAttributes.SCOPE_REQUEST);
	}

	private RequestDiagnostics findOrCreate(RequestAttributes request) {
		// Threads of one request may race to create them.
		synchronized (request) {
			RequestDiagnostics diagnostics = find(request);
			return (diagnostics != null) ? diagnostics : create(request);
		}
	}

	private RequestDiagnostics create(RequestAttributes request) {
		RequestDiagnostics diagnostics = new RequestDiagnostics(System::nanoTime);
		request.setAttribute(this.attribute, diagnostics, RequestAttributes.SCOPE_REQUEST);
		if (logger.isDebugEnabled()) {
			request.registerDestructionCallback(this.attribute,
					() -> logger.debug("Redis client '{}' in this request: {}", this.client, diagnostics),
					RequestAttributes.SCOPE_REQUEST);
		}
		return diagnostics;
	}

}
