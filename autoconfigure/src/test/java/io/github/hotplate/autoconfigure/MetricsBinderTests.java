package io.github.hotplate.autoconfigure;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.support.MonitoringFailures.Part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link MetricsBinder}.
 */
class MetricsBinderTests {

	private final MonitoringFailures failures = new MonitoringFailures();

	@Test
	void closesEveryMeterThoughOneFails() throws Exception {
		AutoCloseable broken = mock();
		willThrow(new IllegalStateException("stuck")).given(broken).close();
		AutoCloseable other = mock();
		StaticListableBeanFactory beans = new StaticListableBeanFactory();
		beans.addBean("broken", broken);
		beans.addBean("other", other);
		MetricsBinder<AutoCloseable> binder = new MetricsBinder<>(beans.getBeanProvider(AutoCloseable.class),
				(metrics) -> metrics, this.failures);
		binder.afterSingletonsInstantiated();
		assertThatNoException().isThrownBy(binder::destroy);
		then(other).should().close();
		assertThat(this.failures.count(Part.METRICS)).isOne();
	}

}
