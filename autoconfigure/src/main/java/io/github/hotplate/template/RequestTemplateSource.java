package io.github.hotplate.template;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.TargetSource;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * Finds the template of the current request and creates it on first use. Without an
 * active request, callers get the shared template: at start-up, in scheduled and
 * asynchronous methods, and on virtual threads.
 */
final class RequestTemplateSource implements TargetSource {

	private static final Logger logger = LoggerFactory.getLogger(MonitoredRedisTemplate.class);

	private final String client;

	private final String attribute;

	private final MonitoredRedisTemplate shared;

	RequestTemplateSource(String client, MonitoredRedisTemplate shared) {
		this.client = client;
		this.attribute = MonitoredRedisTemplate.class.getName() + "." + client;
		this.shared = shared;
	}

	@Override
	public Class<?> getTargetClass() {
		return MonitoredRedisTemplate.class;
	}

	@Override
	public MonitoredRedisTemplate getTarget() {
		RequestAttributes request = RequestContextHolder.getRequestAttributes();
		if (request == null) {
			return this.shared;
		}
		try {
			MonitoredRedisTemplate template = find(request);
			return (template != null) ? template : findOrCreate(request);
		}
		catch (IllegalStateException ex) {
			// The request has ended, but this thread still carries its attributes.
			return this.shared;
		}
	}

	private @Nullable MonitoredRedisTemplate find(RequestAttributes request) {
		return (MonitoredRedisTemplate) request.getAttribute(this.attribute, RequestAttributes.SCOPE_REQUEST);
	}

	private MonitoredRedisTemplate findOrCreate(RequestAttributes request) {
		// Threads of one request may race to create the template.
		synchronized (request) {
			MonitoredRedisTemplate template = find(request);
			return (template != null) ? template : create(request);
		}
	}

	private MonitoredRedisTemplate create(RequestAttributes request) {
		MonitoredRedisTemplate template = this.shared.forRequest();
		request.setAttribute(this.attribute, template, RequestAttributes.SCOPE_REQUEST);
		if (logger.isDebugEnabled()) {
			request.registerDestructionCallback(this.attribute,
					() -> logger.debug("Redis client '{}' in this request: {}", this.client, template.diagnostics()),
					RequestAttributes.SCOPE_REQUEST);
		}
		return template;
	}

}
