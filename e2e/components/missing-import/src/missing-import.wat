(component
  (import "acme:warehouse/stock@1.2.0" (instance $stock
    (export "level" (func (result u32)))))
  (core func $level (canon lower (func $stock "level")))
  (core module $module
    (import "stock" "level" (func $level (result i32)))
    (func (export "count") (result i32)
      (call $level))
    (func (export "ping") (result i32)
      (i32.const 1)))
  (core instance $instance (instantiate $module
    (with "stock" (instance (export "level" (func $level))))))
  (func (export "count") (result u32)
    (canon lift (core func $instance "count")))
  (func (export "ping") (result u32)
    (canon lift (core func $instance "ping"))))
