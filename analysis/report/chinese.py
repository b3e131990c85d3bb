"""Chinese: the tongue of findings in which the page tells them to readers of Chinese."""

from analysis.figures.style import words as spaced
from analysis.findings.tongue import Tongue
from analysis.outcomes.arms import Arms
from analysis.report.page_files import words
from analysis.verdicts.verdict import Verdict

PHRASES = {
    "lowers_all": "各项政策均降低{head}：{range}，无政策时为 {without}",
    "lowers_one": "该政策降低{head}：{range}，无政策时为 {without}",
    "raises_all": "各项政策均提高{head}：{range}，无政策时为 {without}",
    "raises_one": "该政策提高{head}：{range}，无政策时为 {without}",
    "rules_differ_most": "就{head}而言，各分配方法{where}相差最大：{parts}",
    "arms_differ_most": "就{head}而言，各实验组{where}相差最大：{parts}",
    "rules_differ": "就{head}而言，各分配方法{where}有差别：{parts}",
    "arms_differ": "就{head}而言，各实验组{where}有差别：{parts}",
    "elsewhere": "{where}为 {range}",
    "alone": "{Head}：{range}",
    "not_apart": "{Head}：{range}，同属一组",
    "ends_alike": "{Head}：{range}，分为 {n} 组，最低与最高不可分辨",
    "ends": "{Head}：{first}；{last}",
    "lowest": "最低为 {range}（{arms}）",
    "highest": "最高为 {range}（{arms}）",
    "and_alike": "{arms}，另有 {n} 组与之不可分辨",
    "in_groups": "{range}，分为 {n} 组",
    "in_one_group": "{range}，同属一组",
    "of": "{number}（{name}）",
    "span": "{low} 至 {high}",
    "with_unit": "{amount} {unit}",
    "several": "{first}、{last}",
    "others": "其余 {n} 组",
    "between": "；",
    "told": "{text}。",
    "held": "{text}（{runs} 次运行中有 {held} 次成立）。",
    "precise": "有约 {n} {draws}时，任意两组之差的区间均在 ±{amount} 以内{more}。",
    "precise_too": "；达约 {n} 时则在 ±{amount} 以内",
    "replications": "次重复",
    "economies": "个抽取的经济",
    "one_run": "仅一次重复无法说明随机性：请使用 --replications 5 或更多。",
}


def chinese(arms: Arms) -> Tongue:
    """Return the Chinese tongue for some arms."""

    def arm(name: str) -> str:
        if name == arms.reference:
            return _said(name, name)
        if name not in arms.labels:
            return _said(f"rule.{name}", name)
        group, way = arms.group(name), arms.way(name)
        rule = _said(f"rule.{group}", group)
        return f"{rule}（{_said(f'way.{way}', way)}）" if way else rule

    return Tongue(PHRASES, arm, _where, _outcome, lambda unit: _said(f"unit.{unit}", unit))


def _where(institution: str) -> str:
    text = _said(f"in.{institution}", "")
    return text.strip("（）") + "时" if text else _said(f"way.{institution}", institution)


def _outcome(verdict: Verdict) -> str:
    return _said(f"outcome.{verdict.outcome.word}", verdict.head)


def _said(key: str, otherwise: str) -> str:
    """Return a text in Chinese; another one, without its underlines, where there is none."""
    return words().get(key, ["", ""])[1] or spaced(otherwise)
