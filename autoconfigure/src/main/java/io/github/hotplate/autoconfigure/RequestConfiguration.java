package io.github.hotplate.autoconfigure;

import java.util.EnumSet;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletListenerRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.server.observation.ServerRequestObservationContext;

import io.github.hotplate.config.RequestConfig;
import io.github.hotplate.observation.RequestMetrics;
import io.github.hotplate.request.RedisRequestFilter;
import io.github.hotplate.request.RequestEndListener;
import io.github.hotplate.request.RequestKeyValues;
import io.github.hotplate.request.RequestListener;
import io.github.hotplate.request.RequestRecords;
import io.github.hotplate.request.RouteStatistics;
import io.github.hotplate.support.MonitoringFailures;

/**
 * Records what the requests of a servlet application do to Redis.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnClass({ Filter.class, FilterRegistrationBean.class })
@Conditional({ OnDeclaredClientCondition.class, OnRequestsCondition.class })
class RequestConfiguration {

	@Bean
	@ConditionalOnMissingBean
	RouteStatistics routeStatistics() {
		return new RouteStatistics();
	}

	@Bean
	@ConditionalOnMissingBean
	RequestRecords requestRecords(Environment environment, RouteStatistics statistics,
			ObjectProvider<RequestListener> listeners, MonitoringFailures failures) {
		return new RequestRecords(RequestConfig.of(environment), statistics, listeners.orderedStream().toList(),
				failures);
	}

	@Bean
	@ConditionalOnMissingBean(name = "redisRequestFilter")
	FilterRegistrationBean<RedisRequestFilter> redisRequestFilter(RequestRecords records, MonitoringFailures failures) {
		FilterRegistrationBean<RedisRequestFilter> registration = new FilterRegistrationBean<>(
				new RedisRequestFilter(records, failures));
		registration.setOrder(RedisRequestFilter.ORDER);
		registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
		return registration;
	}

	@Bean
	@ConditionalOnMissingBean(name = "redisRequestEndListener")
	ServletListenerRegistrationBean<RequestEndListener> redisRequestEndListener(RequestRecords records) {
		return new ServletListenerRegistrationBean<>(new RequestEndListener(records));
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ServerRequestObservationContext.class)
	static class RequestObservationConfiguration {

		@Bean
		@ConditionalOnMissingBean
		RequestKeyValues requestKeyValues() {
			return new RequestKeyValues();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	@ConditionalOnBean(MeterRegistry.class)
	static class RequestMetricsConfiguration {

		@Bean
		@ConditionalOnMissingBean
		RequestMetrics requestMetrics(MeterRegistry registry, MonitoringFailures failures) {
			return new RequestMetrics(registry, failures);
		}

	}

}
