namespace LinkMonitor.Alerts.Composing;

/// <summary>The look of the HTML part. Inline styles carry the light colours, because some clients drop style sheets.</summary>
internal static class HtmlStyles
{
    public const string Body = "margin:0;padding:0;background:#f3f4f6;color:#1f2328;";
    public const string Frame = "max-width:680px;width:100%;margin:0 auto;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:15px;line-height:1.5;text-align:left;";
    public const string Card = "width:100%;border-collapse:separate;border-spacing:0;background:#ffffff;border:1px solid #d0d7de;border-radius:8px;margin:0 0 16px 0;table-layout:fixed;";
    public const string Label = "padding:2px 12px 2px 0;color:#57606a;font-weight:normal;text-align:left;vertical-align:top;width:116px;font-size:13px;";
    public const string Value = "padding:2px 0;vertical-align:top;word-break:break-word;overflow-wrap:anywhere;";
    public const string Grid = "width:100%;border-collapse:collapse;table-layout:fixed;font-size:13px;word-break:break-word;overflow-wrap:anywhere;";
    public const string Muted = "color:#57606a;";
    public const string Footer = "margin:8px 0 0 0;font-size:12px;color:#57606a;";
    public const string Code = "display:block;padding:8px 10px;margin:4px 0 8px 0;background:#f6f8fa;border:1px solid #d8dee4;border-radius:6px;font-family:ui-monospace,Consolas,'Courier New',monospace;font-size:12px;line-height:1.5;white-space:pre-wrap;word-break:break-word;overflow-wrap:anywhere;";
    public const string Removed = "background:#ffd7d5;color:#82071e;text-decoration:line-through;";
    public const string Added = "background:#bef5cb;color:#0b4a20;text-decoration:underline;";

    /// <summary>What is too frequent to stand inline, and the dark colours.</summary>
    public const string Sheet = """
        .cell { border-top: 1px solid #d8dee4; font-weight: normal; }
        .differs { font-weight: bold; }
        :root { color-scheme: light dark; supported-color-schemes: light dark; }
        @media (prefers-color-scheme: dark) {
          .page { background: #0d1117 !important; color: #e6edf3 !important; }
          .card { background: #161b22 !important; border-color: #30363d !important; }
          .cell { border-color: #30363d !important; }
          .muted { color: #9198a1 !important; }
          .link { color: #79b8ff !important; }
          .code { background: #0d1117 !important; border-color: #30363d !important; }
          .removed { background: #67131b !important; color: #ffdcd7 !important; }
          .added { background: #0f4a22 !important; color: #c8f5d3 !important; }
          .lost { color: #ff8a80 !important; } .lost-bar { border-left-color: #ff8a80 !important; }
          .unreachable { color: #d2a8ff !important; } .unreachable-bar { border-left-color: #d2a8ff !important; }
          .changed { color: #f0b72f !important; } .changed-bar { border-left-color: #f0b72f !important; }
          .not-found { color: #b1bac4 !important; } .not-found-bar { border-left-color: #b1bac4 !important; }
          .recovered { color: #5fd38d !important; } .recovered-bar { border-left-color: #5fd38d !important; }
        }
        """;

    /// <summary>Dark enough on white for small text (contrast 4.5 or more).</summary>
    public static string Colour(ChangeKind kind) => kind switch
    {
        ChangeKind.Lost => "#b3261e",
        ChangeKind.Unreachable => "#6f42c1",
        ChangeKind.Changed => "#8a5300",
        ChangeKind.NotFound => "#57606a",
        _ => "#116329",
    };

    public static string Class(ChangeKind kind) => kind switch
    {
        ChangeKind.Lost => "lost",
        ChangeKind.Unreachable => "unreachable",
        ChangeKind.Changed => "changed",
        ChangeKind.NotFound => "not-found",
        _ => "recovered",
    };
}
