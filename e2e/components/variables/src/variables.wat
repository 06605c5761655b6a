(component
  (import "wasi:cli/environment@0.2.0" (instance $environment
    (export "get-environment" (func (result (list (tuple string string)))))))
  (core module $memory-module
    (memory (export "memory") 2)
    (global $end (mut i32) (i32.const 64))
    ;; Nothing is ever given back: a call has an instance of its own.
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (local $start i32)
      (local.set $start
        (i32.and
          (i32.add (global.get $end) (i32.sub (local.get 2) (i32.const 1)))
          (i32.sub (i32.const 0) (local.get 2))))
      (global.set $end (i32.add (local.get $start) (local.get 3)))
      (local.get $start)))
  (core instance $memory (instantiate $memory-module))
  (core func $get-environment (canon lower (func $environment "get-environment")
    (memory (core memory $memory "memory")) (realloc (core func $memory "realloc"))))
  (core module $main-module
    (import "environment" "get-environment" (func $get-environment (param i32)))
    ;; What comes is in memory as what goes has to be.
    (func (export "variables") (result i32)
      (call $get-environment (i32.const 16))
      (i32.const 16)))
  (core instance $main (instantiate $main-module
    (with "environment" (instance (export "get-environment" (func $get-environment))))))
  (func (export "variables") (result (list (tuple string string)))
    (canon lift (core func $main "variables") (memory (core memory $memory "memory")))))
