package io.github.hotplate.autoconfigure;

import java.util.Collection;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.core.annotation.Order;

import io.github.hotplate.connection.PrimaryConnectionFactory;
import io.github.hotplate.template.PrimaryRedisTemplate;

/**
 * Explains that beans of several clients match an injection point.
 */
@Order(0)
final class SeveralClientsFailureAnalyzer extends AbstractInjectionFailureAnalyzer<NoUniqueBeanDefinitionException> {

	private final ClientNames clients;

	SeveralClientsFailureAnalyzer(BeanFactory beanFactory) {
		this.clients = new ClientNames(beanFactory);
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoUniqueBeanDefinitionException cause,
			@Nullable String description) {
		Collection<String> beans = cause.getBeanNamesFound();
		if (beans == null) {
			return null;
		}
		List<String> owners = beans.stream().map(this.clients::clientOf).filter(Objects::nonNull).distinct().toList();
		if (owners.size() < 2) {
			return null;
		}
		StringBuilder message = new StringBuilder();
		message.append(String.format("%s required a single bean, but %d were found:%n",
				(description != null) ? description : "A component", beans.size()));
		beans.forEach((bean) -> message.append(String.format("\t- %s: %s%n", bean, this.clients.locationOf(bean))));
		String byName = "by the name of the parameter or field, or with @Qualifier: "
				+ ClientNames.or(List.copyOf(beans));
		return new FailureAnalysis(message.toString(),
				isInjectedByType(cause.getBeanType())
						? "Set hotplate.primary to " + ClientNames.or(owners)
								+ " to inject that client's bean by type, or select a bean " + byName + "."
						: "Select a bean " + byName + ".",
				cause);
	}

	private static boolean isInjectedByType(@Nullable Class<?> type) {
		return type != null && (type.isAssignableFrom(PrimaryRedisTemplate.class)
				|| type.isAssignableFrom(PrimaryConnectionFactory.class));
	}

}
