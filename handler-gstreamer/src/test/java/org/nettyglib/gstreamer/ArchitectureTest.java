package org.nettyglib.gstreamer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.foreign.Linker;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.nettyglib.gstreamer");

    /** The bindings are made by the transport's. */
    @Test
    void shouldLinkNothingItself() {
        noClasses().should().dependOnClassesThat().belongToAnyOf(Linker.class).check(CLASSES);
    }

    @Test
    void shouldHaveBindingsThatKnowNothingOfTheirUsers() {
        noClasses()
                .that()
                .resideInAPackage("org.nettyglib.gstreamer.ffi")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.nettyglib.gstreamer")
                .check(CLASSES);
    }
}
