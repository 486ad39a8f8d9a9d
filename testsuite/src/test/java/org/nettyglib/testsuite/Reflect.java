package org.nettyglib.testsuite;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;

/** Calls what Netty's test classes declare as protected. */
final class Reflect {

    private Reflect() {}

    static Object instantiate(Class<?> type) throws ReflectiveOperationException {
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    /** Calls the method without parameters that the object's class has, or inherited. */
    static Object call(Object target, String method) throws ReflectiveOperationException {
        for (Class<?> type = target.getClass(); type != null; type = type.getSuperclass()) {
            for (Method declared : type.getDeclaredMethods()) {
                if (declared.getName().equals(method) && declared.getParameterCount() == 0 && !declared.isBridge()) {
                    declared.setAccessible(true);
                    return declared.invoke(target);
                }
            }
        }
        throw new NoSuchMethodException(target.getClass().getName() + "." + method + "()");
    }
}
