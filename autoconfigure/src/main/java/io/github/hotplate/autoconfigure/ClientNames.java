package io.github.hotplate.autoconfigure;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The clients of an application, for failure analyses.
 */
final class ClientNames {

	private final @Nullable ConfigurableListableBeanFactory beanFactory;

	ClientNames(BeanFactory beanFactory) {
		this.beanFactory = (beanFactory instanceof ConfigurableListableBeanFactory listable) ? listable : null;
	}

	List<String> all() {
		return (this.beanFactory != null) ? Stream.of(this.beanFactory.getBeanDefinitionNames())
			.map(this::clientOf)
			.filter(Objects::nonNull)
			.distinct()
			.toList() : List.of();
	}

	/**
	 * Return the client that a bean belongs to.
	 * @param bean the name of the bean
	 * @return the name of the client, or {@code null} if the bean is not ours
	 */
	@Nullable String clientOf(String bean) {
		if (this.beanFactory == null || !this.beanFactory.containsBeanDefinition(bean)) {
			return null;
		}
		return (String) this.beanFactory.getBeanDefinition(bean).getAttribute(ClientBeans.CLIENT);
	}

	/**
	 * Describe where a bean is defined.
	 * @param bean the name of the bean
	 * @return text such as {@code Redis client 'foo' (foo.url, ...)}
	 */
	String locationOf(String bean) {
		if (this.beanFactory == null || !this.beanFactory.containsBeanDefinition(bean)) {
			return "a bean without a definition";
		}
		String description = this.beanFactory.getBeanDefinition(bean).getResourceDescription();
		return (description != null) ? description : "a bean of the application";
	}

	static String or(List<String> names) {
		return String.join(" or ", names);
	}

	static String and(List<String> names) {
		return String.join(" and ", names.stream().map((name) -> "'" + name + "'").toList());
	}

}
