fn main() {
    println!("totem");
}
