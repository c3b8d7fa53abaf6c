package io.github.hotplate.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import io.github.hotplate.actuate.HotKeysEndpoint;
import io.github.hotplate.actuate.HotKeysWebExtension;
import io.github.hotplate.execution.CommandAdviceFactory;
import io.github.hotplate.hotkey.HotKeyAlerts;
import io.github.hotplate.hotkey.HotKeyTracker;
import io.github.hotplate.observation.HotKeyMetrics;
import io.github.hotplate.support.MonitoringFailures;

/**
 * The beans that find and show the hot keys of the clients.
 */
@Configuration(proxyBeanMethods = false)
class HotKeyConfiguration {

	@Bean
	@Order(CommandAdviceFactory.HOT_KEYS)
	@ConditionalOnMissingBean(name = "hotKeyCommandAdviceFactory", search = SearchStrategy.CURRENT)
	CommandAdviceFactory hotKeyCommandAdviceFactory(BeanFactory beanFactory) {
		return (config) -> ClientBeanFactory.trackerOf(config.name(), "hotKeyCommandAdviceFactory", beanFactory)
			.advice();
	}

	@Bean
	@ConditionalOnMissingBean(name = "hotKeyEventsBinder")
	EventsBinder<HotKeyTracker> hotKeyEventsBinder(ObjectProvider<HotKeyTracker> trackers,
			ApplicationEventPublisher publisher) {
		return new EventsBinder<>(trackers, (tracker) -> publishAlerts(tracker, publisher));
	}

	private static void publishAlerts(HotKeyTracker tracker, ApplicationEventPublisher publisher) {
		double share = tracker.options().alertShare();
		if (share > 0) {
			tracker.addListener(new HotKeyAlerts(share, publisher::publishEvent));
		}
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	@ConditionalOnBean(MeterRegistry.class)
	static class HotKeyMetricsConfiguration {

		@Bean
		@ConditionalOnMissingBean(name = "hotKeyMetricsBinder")
		MetricsBinder<HotKeyTracker> hotKeyMetricsBinder(ObjectProvider<HotKeyTracker> trackers, MeterRegistry registry,
				MonitoringFailures failures) {
			return new MetricsBinder<>(trackers, (tracker) -> new HotKeyMetrics(tracker, registry), failures);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
	static class HotKeysEndpointConfiguration {

		@Bean
		@ConditionalOnAvailableEndpoint
		@ConditionalOnMissingBean
		HotKeysEndpoint hotKeysEndpoint(ObjectProvider<HotKeyTracker> trackers) {
			return new HotKeysEndpoint(() -> trackers.stream().toList());
		}

		@Bean
		@ConditionalOnBean(HotKeysEndpoint.class)
		@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
		@ConditionalOnMissingBean
		HotKeysWebExtension hotKeysWebExtension(HotKeysEndpoint endpoint) {
			return new HotKeysWebExtension(endpoint);
		}

	}

}
