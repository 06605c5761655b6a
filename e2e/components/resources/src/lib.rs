//! Exports a resource with a constructor, a static function and methods, and plain functions beside it.

use std::cell::RefCell;

use exports::tapedeck::resources::shop::{Cart, Guest as Shop, GuestCart};

wit_bindgen::generate!();

struct Resources;

export!(Resources);

struct Basket {
    owner: String,
    items: RefCell<Vec<String>>,
}

impl GuestCart for Basket {
    fn new(owner: String) -> Self {
        Basket { owner, items: RefCell::default() }
    }

    fn of(owner: String, items: Vec<String>) -> Cart {
        Cart::new(Basket { owner, items: RefCell::new(items) })
    }

    fn add(&self, item: String) {
        self.items.borrow_mut().push(item);
    }

    fn items(&self) -> Vec<String> {
        self.items.borrow().iter().map(|item| format!("{}: {item}", self.owner)).collect()
    }
}

impl Shop for Resources {
    type Cart = Basket;

    fn fill(items: Vec<String>) -> Vec<String> {
        let basket = Basket::new("you".to_string());
        for item in items {
            basket.add(item);
        }
        basket.items()
    }
}

impl Guest for Resources {
    fn double(number: u32) -> u32 {
        number.wrapping_mul(2)
    }
}
