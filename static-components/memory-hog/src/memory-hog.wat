;; Memory needs no permission either: a module asks its engine for pages of 64 KiB, and gets them until a limit says no.
(component
  (core module $module
    (memory $memory 1)

    ;; Asks for pages one by one and writes to each, so that it is really there. Answers with the number that it got.
    (func $grab (export "grab-pages") (param $wanted i32) (result i32)
      (local $got i32)
      (block $done
        (loop $next
          (br_if $done (i32.ge_u (local.get $got) (local.get $wanted)))
          ;; memory.grow answers with -1 where it is refused.
          (br_if $done (i32.eq (memory.grow (i32.const 1)) (i32.const -1)))
          (i32.store8
            (i32.shl (i32.sub (memory.size) (i32.const 1)) (i32.const 16))
            (i32.const 1))
          (local.set $got (i32.add (local.get $got) (i32.const 1)))
          (br $next)))
      (local.get $got))

    ;; 65536 pages are all that 32 bits can address.
    (func (export "grab-all") (result i32)
      (call $grab (i32.const 65536)))

    ;; Like a program that does not check whether its allocation worked: it traps at the first refusal.
    (func (export "grab-or-trap") (param $wanted i32)
      (if (i32.lt_u (call $grab (local.get $wanted)) (local.get $wanted))
        (then (unreachable)))))

  (core instance $instance (instantiate $module))

  (func (export "grab-pages") (param "pages" u32) (result u32)
    (canon lift (core func $instance "grab-pages")))
  (func (export "grab-all") (result u32)
    (canon lift (core func $instance "grab-all")))
  (func (export "grab-or-trap") (param "pages" u32)
    (canon lift (core func $instance "grab-or-trap"))))
