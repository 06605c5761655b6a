(component
  (core module $module
    (func (export "spin")
      (loop $again
        (br $again)))
    (func (export "ping") (result i32)
      (i32.const 1)))
  (core instance $instance (instantiate $module))
  (func (export "spin")
    (canon lift (core func $instance "spin")))
  (func (export "ping") (result u32)
    (canon lift (core func $instance "ping"))))
