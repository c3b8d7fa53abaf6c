package io.github.hotplate.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;

/**
 * Gives an application's own beans the priority of those of ours that they replace. A
 * bean that is marked as primary would also be injected where a name decides.
 */
final class ReplacementPriority extends AnnotationAwareOrderComparator {

	private final ConfigurableListableBeanFactory beanFactory;

	private final List<String> replacements;

	ReplacementPriority(ConfigurableListableBeanFactory beanFactory, List<String> replacements) {
		this.beanFactory = beanFactory;
		this.replacements = replacements;
	}

	// Of a bean that does not exist yet, Spring shows the type.
	@Override
	public @Nullable Integer getPriority(Object candidate) {
		Integer priority = super.getPriority(candidate);
		if (priority == null && this.replacements.stream().anyMatch((name) -> isOf(name, candidate))) {
			return Ordered.LOWEST_PRECEDENCE;
		}
		return priority;
	}

	private boolean isOf(String name, Object candidate) {
		return (candidate instanceof Class<?> type) ? type == this.beanFactory.getType(name, false)
				: candidate == this.beanFactory.getSingleton(name);
	}

}
