//! A Linux console, where the kiosk is not alone: the kernel writes there, and the keyboard's own table leads
//! away from the page. The kiosk can mend neither; whoever sets the machine up can.

use std::fs;
use std::process::Command;

use super::Finding;

/// Up to this level the kernel writes only what can't wait.
const QUIET: u32 = 3;
const PRINTK: &str = "/proc/sys/kernel/printk";
const LEDS: &str = "/sys/class/leds";

/// What a key of the console's table may do that leads away from the page.
const LEADS_AWAY: [(&str, &str); 5] = [
    ("Console_", "Alt+F2"),
    ("Incr_Console", "Alt+→"),
    ("Decr_Console", "Alt+←"),
    ("Last_Console", "another key"),
    ("Boot", "Ctrl+Alt+Del"),
];

pub(super) fn examine() -> Vec<Finding> {
    let printk = fs::read_to_string(PRINTK).ok();
    let keys = Command::new("dumpkeys").output().ok().filter(|output| output.status.success());
    let keys = keys.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    let mut findings = vec![judge_kernel_lines(printk.as_deref()), judge_keys(keys.as_deref())];
    findings.extend(judge_num_lock(&num_lock_lights()));
    findings
}

fn judge_kernel_lines(printk: Option<&str>) -> Finding {
    let level = printk.and_then(|text| text.split_whitespace().next()?.parse::<u32>().ok());
    match level {
        Some(level) if level <= QUIET => {
            Finding::ok(format!("console: kernel.printk is {level}, the kernel is quiet"))
        }
        Some(level) => Finding::warn(
            format!(
                "console: kernel.printk is {level}, so the kernel writes over the page, for example when a drive is \
                 plugged in; it is drawn anew at the next page, and once a minute of use"
            ),
            format!(
                "put kernel.printk = {QUIET} 4 1 {QUIET} into /etc/sysctl.d/totem.conf, or boot with loglevel={QUIET}"
            ),
        ),
        None => Finding::warn(
            "console: whether the kernel writes over the page can't be told",
            format!("sysctl kernel.printk: its first number should be {QUIET} or less"),
        ),
    }
}

fn judge_keys(keys: Option<&str>) -> Finding {
    let Some(keys) = keys else {
        return Finding::warn(
            "console: whether Alt+F2, Alt+→ or Ctrl+Alt+Del lead away from the page can't be told",
            "apt-get install kbd, and run doctor on the kiosk's own console",
        );
    };
    let does = |action: &str| {
        keys.lines()
            .filter_map(|line| line.split_once('='))
            .any(|(_, does)| does.split_whitespace().any(|word| word.starts_with(action)))
    };
    let leading: Vec<&str> =
        LEADS_AWAY.iter().filter(|(action, _)| does(action)).map(|(_, key)| *key).collect();
    match leading.is_empty() {
        true => Finding::ok("console: no key leads away from the page"),
        false => Finding::warn(
            format!(
                "console: {} leads away from the page, which is the machine's business",
                leading.join(", ")
            ),
            "take Console_, Incr_Console, Decr_Console, Last_Console and Boot out of the keyboard's table \
             (dumpkeys, loadkeys), set NAutoVTs=0 and ReserveVT=0 in logind.conf, and systemctl mask \
             ctrl-alt-del.target",
        ),
    }
}

/// Of each keyboard, whether its light is on.
fn num_lock_lights() -> Vec<bool> {
    let leds = fs::read_dir(LEDS).into_iter().flatten().flatten();
    let lights = leds.filter(|led| led.file_name().to_string_lossy().ends_with("::numlock"));
    let is_on = |text: String| text.trim() != "0";
    lights.filter_map(|led| fs::read_to_string(led.path().join("brightness")).ok().map(is_on)).collect()
}

fn judge_num_lock(lights: &[bool]) -> Option<Finding> {
    match lights {
        [] => None,
        lights if lights.contains(&true) => Some(Finding::ok("console: NumLock is on")),
        _ => Some(Finding::warn(
            "console: NumLock is off, so the keypad moves the caret and types no digits",
            "setleds -D +num < /dev/tty1 before the kiosk starts",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Level;
    use super::*;

    #[test]
    fn a_kernel_that_writes_over_the_page_is_told() {
        let level = |printk| judge_kernel_lines(printk).level;
        assert_eq!(level(Some("7\t4\t1\t7\n")), Level::Warn);
        assert_eq!(level(Some("4\t4\t1\t7\n")), Level::Warn);
        assert_eq!(level(Some("3\t4\t1\t3\n")), Level::Ok);
        assert_eq!(level(Some("1 4 1 7")), Level::Ok);
        assert_eq!((level(None), level(Some("what"))), (Level::Warn, Level::Warn));
    }

    #[test]
    fn keys_that_lead_away_are_named() {
        let keys = "keymaps 0-127\nkeycode  28 = Return\n\talt\tkeycode  60 = Console_2\n\
                    \talt\tkeycode 106 = Incr_Console\n\tcontrol alt keycode 111 = Boot\n";
        let finding = judge_keys(Some(keys));
        assert_eq!(finding.level, Level::Warn);
        assert!(finding.what.contains("Alt+F2, Alt+→, Ctrl+Alt+Del"), "{}", finding.what);
        assert!(!finding.what.contains("Alt+←"), "{}", finding.what);
        assert_eq!(judge_keys(Some("keycode 28 = Return\nkeycode 60 = F2\n")).level, Level::Ok);
        assert_eq!(judge_keys(None).level, Level::Warn);
    }

    #[test]
    fn a_keypad_that_types_no_digits_is_told() {
        assert_eq!(judge_num_lock(&[]), None);
        let level = |lights| judge_num_lock(lights).map(|finding| finding.level);
        assert_eq!(level(&[false]), Some(Level::Warn));
        assert_eq!(level(&[false, true]), Some(Level::Ok));
    }
}
