package io.github.hotplate.autoconfigure;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.hotplate.activity.CallListenerFactory;
import io.github.hotplate.activity.TraceIds;

/**
 * The beans that keep the slow calls of the clients.
 */
@Configuration(proxyBeanMethods = false)
class SlowCallConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "slowCallListenerFactory", search = SearchStrategy.CURRENT)
	CallListenerFactory slowCallListenerFactory(BeanFactory beanFactory) {
		return (config) -> ClientBeanFactory.slowCallsOf(config.name(), "slowCallListenerFactory", beanFactory)
			.listener();
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Tracer.class)
	@ConditionalOnBean(Tracer.class)
	static class TraceIdsConfiguration {

		@Bean
		@ConditionalOnMissingBean
		TraceIds traceIds(Tracer tracer) {
			return () -> {
				Span span = tracer.currentSpan();
				String id = (span != null) ? span.context().traceId() : "";
				// A tracer that does nothing has spans without ids.
				return id.isEmpty() ? null : id;
			};
		}

	}

}
