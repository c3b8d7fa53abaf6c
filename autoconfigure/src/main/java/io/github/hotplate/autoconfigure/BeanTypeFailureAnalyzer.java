package io.github.hotplate.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanNotOfRequiredTypeException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;

/**
 * Explains that a client's connection factory is not that of a driver.
 */
@Order(0)
final class BeanTypeFailureAnalyzer extends AbstractFailureAnalyzer<BeanNotOfRequiredTypeException> {

	private final ClientNames clients;

	BeanTypeFailureAnalyzer(BeanFactory beanFactory) {
		this.clients = new ClientNames(beanFactory);
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BeanNotOfRequiredTypeException cause) {
		if (this.clients.clientOf(cause.getBeanName()) == null) {
			return null;
		}
		return UnavailableType.of(cause.getRequiredType().getName())
			.map((unavailable) -> unavailable.explain(
					"Bean '" + cause.getBeanName() + "' was required as a " + cause.getRequiredType().getName() + ".",
					this.clients.all(), cause))
			.orElse(null);
	}

}
