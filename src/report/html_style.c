/* The style sheet of the pages.  */
#include "config.h"

#include "report/html.h"

/* The colours have a contrast of at least 4.5 to 1 with what they stand on.  */
static const char *const sheet[] = {
	":root{color-scheme:light dark;--page:#f5f6f8;--card:#fff;"
	"--text:#1b1f27;--soft:#576071;--line:#dde1e8;--band:#f2f4f8;"
	"--accent:#3454c4;--pass:#17703c;--pass-on:#e3f4e9;--fail:#b3261e;"
	"--fail-on:#fdebe9;--skip:#5b6472;--skip-on:#eceef2;--fault:#7a4a00;"
	"--fault-on:#fff2d9;--turn:#fff4d6;--turn-line:#9a6400;"
	"--l0:#3454c4;--l1:#b4472b;--l2:#1d7a5b;--l3:#8a3aa8;--l4:#8a6410;"
	"--l5:#0f7490}",
	"@media(prefers-color-scheme:dark){:root{--page:#12151b;--card:#1b2029;"
	"--text:#e7eaf0;--soft:#a3adbd;--line:#313947;--band:#222936;"
	"--accent:#9db4ff;--pass:#7fd8a0;--pass-on:#17372a;--fail:#ff9d93;"
	"--fail-on:#43211f;--skip:#b3bccb;--skip-on:#2b3340;--fault:#ffcf80;"
	"--fault-on:#3d2f14;--turn:#3a3118;--turn-line:#ffcf70;"
	"--l0:#93aeff;--l1:#ff9f85;--l2:#6fd6ae;--l3:#dba0f2;--l4:#e2bd62;"
	"--l5:#74cfe6}}",
	"*{box-sizing:border-box}",
	"html{-webkit-text-size-adjust:100%}",
	"body{margin:0;background:var(--page);color:var(--text);"
	"font:16px/1.55 system-ui,-apple-system,'Segoe UI','Noto Sans',"
	"'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif}",
	"main{max-width:1120px;margin:0 auto;padding:32px 20px 8px}",
	"footer{max-width:1120px;margin:0 auto;padding:8px 20px 40px;"
	"color:var(--soft);font-size:13px}",
	"h1{font-size:28px;line-height:1.2;margin:0 0 6px;"
	"letter-spacing:-.01em;overflow-wrap:anywhere}",
	"h2{font-size:20px;line-height:1.3;margin:36px 0 12px;"
	"overflow-wrap:anywhere}",
	"h3{font-size:18px;line-height:1.35;margin:0;overflow-wrap:anywhere}",
	".plain>h3,.plain>div>h3{margin-bottom:10px}",
	"h4{font-size:13px;line-height:1.4;margin:22px 0 8px;"
	"color:var(--soft);font-weight:600;letter-spacing:.02em}",
	"p{margin:8px 0;overflow-wrap:anywhere}",
	"a{color:var(--accent)}",
	":focus-visible{outline:3px solid var(--accent);outline-offset:2px}",
	".card{background:var(--card);border:1px solid var(--line);"
	"border-radius:14px;padding:22px 24px;margin:0 0 18px;"
	"box-shadow:0 1px 2px rgba(0,0,0,.05)}",
	".top{display:flex;gap:24px;align-items:center}",
	".top>div{min-width:0}",
	".ring{flex:none;width:112px;height:112px}",
	".ring circle{fill:none;stroke-width:10;stroke:var(--line)}",
	".ring .got{stroke:var(--pass);stroke-linecap:round}",
	".ring text{fill:var(--text);text-anchor:middle;font-weight:700;"
	"font-size:27px}",
	".ring .of{fill:var(--soft);font-weight:400;font-size:13px}",
	".meta{color:var(--soft);margin:0 0 10px;font-size:15px}",
	".meta b{color:var(--text);font-weight:600}",
	".verdict{display:inline-block;border-radius:999px;padding:1px 11px;"
	"font-size:14px;font-weight:600;white-space:nowrap}",
	".verdict.pass{color:var(--pass);background:var(--pass-on)}",
	".verdict.fail{color:var(--fail);background:var(--fail-on)}",
	".verdict.skip{color:var(--skip);background:var(--skip-on)}",
	".verdict.fault{color:var(--fault);background:var(--fault-on)}",
	".note{border-left:4px solid var(--fault);background:var(--fault-on);"
	"border-radius:0 10px 10px 0;padding:10px 16px;margin:0 0 18px}",
	".wrong{border-left:4px solid var(--fail);background:var(--fail-on);"
	"border-radius:0 10px 10px 0;padding:10px 16px;margin:14px 0}",
	".hint{border-left:4px solid var(--accent);background:var(--band);"
	"border-radius:0 10px 10px 0;padding:10px 16px;margin:14px 0}",
	".wrong p,.hint p,.note p{margin:2px 0}",
	".head{display:flex;flex-wrap:wrap;gap:6px 12px;align-items:center}",
	".head .points{margin-left:auto;font-variant-numeric:tabular-nums;"
	"color:var(--soft);white-space:nowrap}",
	".scroll{overflow-x:auto;max-width:100%}",
	"table{border-collapse:collapse;width:100%;font-size:15px}",
	"th,td{text-align:left;vertical-align:top;padding:8px 12px;"
	"border-bottom:1px solid var(--line);overflow-wrap:anywhere}",
	"th{font-weight:600}",
	"thead th{color:var(--soft);font-size:13px;vertical-align:bottom}",
	"tbody tr:last-child>*{border-bottom:0}",
	"tbody th{font-weight:500}",
	".n{text-align:right;font-variant-numeric:tabular-nums;"
	"white-space:nowrap;overflow-wrap:normal}",
	".plain tbody th{min-width:7.5em}",
	".plain .verdict{white-space:normal;border-radius:8px;"
	"padding:1px 8px;font-size:13px}",
	".class th,.class td{overflow-wrap:break-word}",
	".class tbody th{min-width:7em;max-width:18em;overflow-wrap:anywhere}",
	".class thead th{min-width:5.5em}",
	".class tbody tr:nth-child(even){background:var(--band)}",
	"pre,code,.mono{font-family:ui-monospace,SFMono-Regular,'DejaVu Sans "
	"Mono','Noto Sans Mono CJK SC',Menlo,Consolas,monospace}",
	"pre{background:var(--band);border:1px solid var(--line);"
	"border-radius:10px;padding:12px 14px;margin:0;font-size:13px;"
	"line-height:1.5;max-height:26em;overflow:auto;tab-size:4}",
	"pre.fold{white-space:pre-wrap;overflow-wrap:anywhere}",
	"pre.copy{user-select:all;-webkit-user-select:all}",
	"pre mark{background:var(--turn);color:inherit;"
	"box-shadow:0 0 0 2px var(--turn)}",
	"details{margin:14px 0 0}",
	"summary{cursor:pointer;color:var(--accent);font-weight:600;"
	"font-size:15px;padding:3px 0;overflow-wrap:anywhere}",
	"details>*:not(summary){margin-top:8px}",
	".two{display:grid;gap:0 24px;grid-template-columns:1fr}",
	".two>*{min-width:0}",
	"@media(min-width:1000px){.two{grid-template-columns:1fr 1fr}"
	".two.run{grid-template-columns:minmax(0,auto) minmax(320px,1fr)}}",
	".plain.two{row-gap:24px}",
	"ul,ol{margin:8px 0;padding-left:22px}",
	"li{overflow-wrap:anywhere;margin:2px 0}",
	"dl{display:grid;grid-template-columns:auto 1fr;gap:4px 18px;margin:0;"
	"font-size:14px}",
	"dt{color:var(--soft)}",
	"dd{margin:0;overflow-wrap:anywhere;min-width:0}",
	".tiles{display:flex;flex-wrap:wrap;gap:12px 36px}",
	".tile b{display:block;font-size:28px;line-height:1.2;"
	"font-variant-numeric:tabular-nums}",
	".tile span{color:var(--soft);font-size:14px}",
	".bars{display:block;max-width:100%;height:auto}",
	".bars rect{fill:var(--accent)}",
	".bars text{fill:var(--soft);font-size:13px;"
	"font-variant-numeric:tabular-nums}",
	".bars .count{fill:var(--text);font-weight:600}",
	".bars line{stroke:var(--line)}",
	".share{width:38%;vertical-align:middle}",
	".bar{display:block;width:100%;min-width:60px;height:12px}",
	".bar rect{fill:var(--fail)}",
	".bar .all{fill:var(--line)}",
	".bar.good rect.part{fill:var(--pass)}",
	".vh{position:absolute;width:1px;height:1px;overflow:hidden;"
	"clip-path:inset(50%);white-space:nowrap}",
	"figure{margin:0}",
	".run svg{display:block}",
	".run text{fill:var(--text);font-size:13.5px}",
	".run .s{fill:var(--soft);font-size:12px;font-family:ui-monospace,"
	"SFMono-Regular,'DejaVu Sans Mono',Menlo,Consolas,monospace}",
	".run .k{fill:var(--soft);font-size:12px;text-anchor:end;"
	"font-variant-numeric:tabular-nums}",
	".run .a{font-weight:700;text-anchor:middle}",
	".run .t{fill:var(--turn-line);font-weight:700;font-size:12px}",
	".run .turn{fill:var(--turn)}",
	".run .rule{stroke:var(--line)}",
	".run .life{stroke-width:1.5;stroke-dasharray:2 4;opacity:.8}",
	".run .busy{stroke-width:4;stroke-linecap:round}",
	".run .switch{fill:none;stroke:var(--soft);stroke-width:1.6}",
	".run .tip{fill:var(--soft)}",
	".run .waits{fill:none;stroke:var(--fail);stroke-width:1.8;"
	"stroke-dasharray:5 3}",
	".run .tipw{fill:var(--fail)}",
	".run .b{fill:var(--fail)}",
	".run .r{fill:var(--fail);font-size:12px}",
	".run .stop{fill:var(--card);stroke-width:2.5}",
	".l0{stroke:var(--l0)}.l1{stroke:var(--l1)}.l2{stroke:var(--l2)}"
	".l3{stroke:var(--l3)}.l4{stroke:var(--l4)}.l5{stroke:var(--l5)}",
	".f0{fill:var(--l0)}.f1{fill:var(--l1)}.f2{fill:var(--l2)}"
	".f3{fill:var(--l3)}.f4{fill:var(--l4)}.f5{fill:var(--l5)}",
	".run text.f0{fill:var(--l0)}.run text.f1{fill:var(--l1)}"
	".run text.f2{fill:var(--l2)}.run text.f3{fill:var(--l3)}"
	".run text.f4{fill:var(--l4)}.run text.f5{fill:var(--l5)}",
	"@media(max-width:560px){main{padding:18px 10px 4px}"
	".card{padding:16px 14px;border-radius:12px}h1{font-size:22px}"
	".top{gap:14px}.ring{width:84px;height:84px}"
	".bugs .share,.bugs .rest{display:none}th,td{padding:7px 7px}.meta{font-size:14px}"
	"dl{grid-template-columns:1fr;gap:0}dd{margin:0 0 6px}}",
	"@media print{body{background:#fff}.card{break-inside:avoid;"
	"box-shadow:none}pre{max-height:none}}",
};

void
html_style(struct buf *out)
{
	for (size_t i = 0; i < ARRAY_SIZE(sheet); i++)
		buf_addf(out, "%s\n", sheet[i]);
}
