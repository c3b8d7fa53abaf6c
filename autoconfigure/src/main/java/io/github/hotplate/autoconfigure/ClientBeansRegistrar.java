package io.github.hotplate.autoconfigure;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.config.ClientConfigReader;
import io.github.hotplate.config.ClientDeclarations;

/**
 * Registers the beans of each client that the environment declares. An application's own
 * bean of the same name takes precedence.
 */
final class ClientBeansRegistrar implements ImportBeanDefinitionRegistrar {

	private static final Logger logger = LoggerFactory.getLogger(ClientBeansRegistrar.class);

	private static final String POST_PROCESSOR = PrimaryBeansPostProcessor.class.getName();

	private final Environment environment;

	private final ConfigurableListableBeanFactory beanFactory;

	ClientBeansRegistrar(Environment environment, BeanFactory beanFactory) {
		this.environment = environment;
		this.beanFactory = (ConfigurableListableBeanFactory) beanFactory;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata importingClassMetadata, BeanDefinitionRegistry registry) {
		ClientDeclarations declarations = ClientDeclarations.of(this.environment);
		declarations.warnings().forEach(logger::warn);
		ClientConfigReader reader = new ClientConfigReader(this.environment);
		List<ClientConfig> clients = declarations.names().stream().map((name) -> reader.read(name + ".")).toList();
		clients.forEach((client) -> new ClientBeans(client, this.beanFactory, registry)
			.register(client.name().equals(declarations.primary()), clients.size() == 1));
		if (!registry.containsBeanDefinition(POST_PROCESSOR)) {
			registry.registerBeanDefinition(POST_PROCESSOR,
					BeanDefinitionBuilder.rootBeanDefinition(PrimaryBeansPostProcessor.class)
						.setRole(BeanDefinition.ROLE_INFRASTRUCTURE)
						.getBeanDefinition());
		}
	}

}
