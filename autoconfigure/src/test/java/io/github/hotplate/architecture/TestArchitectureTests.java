package io.github.hotplate.architecture;

import java.util.concurrent.TimeUnit;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

/**
 * The habits of the tests.
 */
@AnalyzeClasses(packages = "io.github.hotplate", importOptions = TestArchitectureTests.TestsOfThisModule.class)
class TestArchitectureTests {

	@ArchTest
	private final ArchRule testsDoNotSleep = ArchRuleDefinition.noClasses()
		.should()
		.callMethodWhere(JavaCall.Predicates.target(HasName.Predicates.name("sleep"))
			.and(JavaCall.Predicates
				.target(With.owner(JavaClass.Predicates.belongToAnyOf(Thread.class, TimeUnit.class)))));

	@ArchTest
	private final ArchRule onlyIntegrationTestsStartRedis = ArchRuleDefinition.noClasses()
		.that()
		.haveSimpleNameEndingWith("Tests")
		.and()
		.haveSimpleNameNotEndingWith("IntegrationTests")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.github.hotplate.test..");

	@ArchTest
	private final ArchRule testsAreWhereMavenFindsThem = ArchRuleDefinition.methods()
		.that()
		.areAnnotatedWith(Test.class)
		.should()
		.beDeclaredInClassesThat()
		.haveSimpleNameEndingWith("Tests");

	static final class TestsOfThisModule implements ImportOption {

		private static final String LOCATION = TestArchitectureTests.class.getProtectionDomain()
			.getCodeSource()
			.getLocation()
			.getPath();

		@Override
		public boolean includes(Location location) {
			return location.contains(LOCATION);
		}

	}

}
