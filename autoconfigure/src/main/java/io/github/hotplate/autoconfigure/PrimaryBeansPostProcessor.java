package io.github.hotplate.autoconfigure;

import java.util.Arrays;
import java.util.List;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/**
 * Leaves the last word on injection to an application. While conditions such as
 * {@code @ConditionalOnSingleCandidate} are evaluated, a client's beans are marked as
 * primary, and Boot's {@code redisTemplate} is made for it. After that, names and an
 * application's own primary beans decide first.
 */
final class PrimaryBeansPostProcessor implements BeanFactoryPostProcessor {

	/**
	 * The name under which Boot offers a template if there is no other of its type.
	 */
	private static final String BOOT_TEMPLATE = "stringRedisTemplate";

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		List<String> replacements = Arrays.stream(beanFactory.getBeanDefinitionNames())
			.filter((name) -> beanFactory.getBeanDefinition(name).hasAttribute(ClientBeans.REPLACEMENT))
			.toList();
		if (!replacements.isEmpty() && beanFactory instanceof DefaultListableBeanFactory factory) {
			factory.setDependencyComparator(new ReplacementPriority(factory, replacements));
		}
		for (String name : beanFactory.getBeanDefinitionNames()) {
			BeanDefinition definition = beanFactory.getBeanDefinition(name);
			if (Boolean.TRUE.equals(definition.getAttribute(ClientBeans.BOOT_NAME))
					&& !beanFactory.containsBean(BOOT_TEMPLATE)) {
				beanFactory.registerAlias(name, BOOT_TEMPLATE);
			}
			if (definition.hasAttribute(ClientBeans.BY_PRIORITY)) {
				definition.setPrimary(false);
			}
			else if (definition.hasAttribute(ClientBeans.CLIENT) && definition.isPrimary()) {
				Class<?> type = beanFactory.getType(name, false);
				definition.setPrimary(type == null || !ClientBeans.hasPrimary(beanFactory, type));
			}
		}
	}

}
