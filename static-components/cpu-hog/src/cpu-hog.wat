;; A component without a single import: what it can do is compute, and that is enough to keep a processor busy.
(component
  (core module $module
    ;; The Collatz steps of all numbers up to a limit, added up.
    (func (export "burn") (param $limit i64) (result i64)
      (local $start i64)
      (local $n i64)
      (local $steps i64)
      (loop $next-start
        (local.set $start (i64.add (local.get $start) (i64.const 1)))
        (local.set $n (local.get $start))
        (block $done
          (loop $step
            (br_if $done (i64.le_u (local.get $n) (i64.const 1)))
            (local.set $steps (i64.add (local.get $steps) (i64.const 1)))
            (if (i64.eqz (i64.and (local.get $n) (i64.const 1)))
              (then (local.set $n (i64.shr_u (local.get $n) (i64.const 1))))
              (else (local.set $n
                (i64.add (i64.mul (local.get $n) (i64.const 3)) (i64.const 1)))))
            (br $step)))
        (br_if $next-start (i64.lt_u (local.get $start) (local.get $limit))))
      (local.get $steps))

    (func (export "burn-forever")
      (loop $again
        (br $again))))

  (core instance $instance (instantiate $module))

  (func (export "burn") (param "limit" u64) (result u64)
    (canon lift (core func $instance "burn")))
  (func (export "burn-forever")
    (canon lift (core func $instance "burn-forever"))))
