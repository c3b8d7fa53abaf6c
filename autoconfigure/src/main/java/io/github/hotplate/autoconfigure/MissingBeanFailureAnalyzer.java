package io.github.hotplate.autoconfigure;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * Explains why a bean that Boot makes for its own Redis is missing beside clients.
 */
@Order(0)
final class MissingBeanFailureAnalyzer extends AbstractInjectionFailureAnalyzer<NoSuchBeanDefinitionException> {

	private static final String STRING_TEMPLATE = "stringRedisTemplate";

	private static final ResolvableType BOOTS_TEMPLATE = ResolvableType.forClassWithGenerics(RedisTemplate.class,
			Object.class, Object.class);

	private final ClientNames clients;

	MissingBeanFailureAnalyzer(BeanFactory beanFactory) {
		this.clients = new ClientNames(beanFactory);
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause,
			@Nullable String description) {
		List<String> names = this.clients.all();
		if (cause.getNumberOfBeansFound() > 0 || names.isEmpty()) {
			return null;
		}
		String required = ((description != null) ? description : "A component") + " required "
				+ describe(cause.getResolvableType(), cause.getBeanName()) + " that could not be found.";
		Optional<UnavailableType> unavailable = UnavailableType.of(type(cause));
		if (unavailable.isPresent()) {
			return unavailable.get().explain(required, names, cause);
		}
		if (names.size() > 1 && isBootsTemplate(cause)) {
			return new FailureAnalysis(
					required + String.format("%n%n")
							+ "Spring Boot makes it for one connection factory, and the Redis clients "
							+ ClientNames.and(names) + " have one each.",
					(isMadeForPrimary(cause) ? "Set hotplate.primary to " + ClientNames.or(names) + ", or define"
							: "Define") + " the bean yourself with the connection factory of one of them.",
					cause);
		}
		return null;
	}

	private static String describe(@Nullable ResolvableType type, @Nullable String name) {
		return (type != null) ? "a bean of type '" + type + "'" : "a bean named '" + name + "'";
	}

	private static String type(NoSuchBeanDefinitionException cause) {
		Class<?> type = cause.getBeanType();
		if (type != null) {
			return type.getName();
		}
		return String.valueOf(cause.getBeanName()).startsWith("reactive")
				? "org.springframework.data.redis.core.ReactiveRedisTemplate" : "";
	}

	private static boolean isBootsTemplate(NoSuchBeanDefinitionException cause) {
		Class<?> type = cause.getBeanType();
		if (type == null) {
			return "redisTemplate".equals(cause.getBeanName()) || STRING_TEMPLATE.equals(cause.getBeanName());
		}
		return type.isAssignableFrom(RedisTemplate.class)
				|| (type == StringRedisTemplate.class && String.valueOf(cause.getMessage()).contains(STRING_TEMPLATE));
	}

	// Boot's template is for objects, and is injected as no other.
	private static boolean isMadeForPrimary(NoSuchBeanDefinitionException cause) {
		ResolvableType type = cause.getResolvableType();
		return type == null || type.resolve() == StringRedisTemplate.class || type.isAssignableFrom(BOOTS_TEMPLATE);
	}

}
