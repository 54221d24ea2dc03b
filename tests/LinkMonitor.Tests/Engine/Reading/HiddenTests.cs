using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Reading;

public sealed class HiddenTests
{
    // Each as Chromium shows it without style sheets, but for what readers can open and what fades in: docs/decisions/0047.
    [Theory]
    [InlineData("", false, false)]
    [InlineData("hidden", true, true)]
    [InlineData("hidden=until-found", false, false)]
    [InlineData("hidden style='display:block'", false, false)]
    [InlineData("hidden style='color:red'", true, true)]
    [InlineData("popover", true, true)]
    [InlineData("popover=manual style='color:red'", true, true)]
    [InlineData("popover style='display:block'", false, false)]
    [InlineData("aria-hidden=true", false, false)]
    [InlineData("style='display:none'", true, true)]
    [InlineData("style='DISPLAY : None !important ; display:block'", true, true)]
    [InlineData("style='display:none;display:block'", false, false)]
    [InlineData("style='display:none !important; display:block !important'", false, false)]
    [InlineData("style='/* display:none */ color:red'", false, false)]
    [InlineData("style='display/**/:none'", true, true)]
    [InlineData("style='content:\";display:none\"'", false, false)]
    [InlineData("style='background:url(x;display:none)'", false, false)]
    [InlineData("style='background:url(x);display:none'", true, true)]
    [InlineData("style='nonsense;display:none'", true, true)]
    [InlineData("style='visibility:hidden'", true, true)]
    [InlineData("style='visibility:collapse'", true, true)]
    [InlineData("style='visibility:visible'", false, false)]
    [InlineData("style='opacity:0'", true, true)]
    [InlineData("style='opacity:0.0'", true, true)]
    [InlineData("style='opacity:0%'", true, true)]
    [InlineData("style='opacity:0.1'", false, false)]
    [InlineData("style='position:absolute;clip:rect(0,0,0,0)'", true, true)]
    [InlineData("style='position:absolute;clip:rect(1px, 1px, 1px, 1px)'", true, true)]
    [InlineData("style='clip:rect(0,0,0,0)'", false, false)]
    [InlineData("style='position:absolute;clip:rect(0,200px,90px,0)'", false, false)]
    [InlineData("style='clip-path: inset(100%)'", true, true)]
    [InlineData("style='clip-path: circle(50%)'", false, false)]
    [InlineData("style='margin-left:-9999px'", true, true)]
    [InlineData("style='margin:0 0 0 -9999px'", true, true)]
    [InlineData("style='margin-left:-12px'", false, false)]
    [InlineData("style='transform:scale(0)'", false, true)]
    [InlineData("style='transform:rotate(3deg) scale(0, 1)'", false, true)]
    [InlineData("style='transform:scale(0.9)'", false, false)]
    [InlineData("style='transform:translateX(-9999px)'", false, true)]
    [InlineData("style='transform:translateX(-50%)'", false, false)]
    [InlineData("style='color:transparent'", true, false)]
    [InlineData("style='color:rgba(0, 0, 0, 0)'", true, false)]
    [InlineData("style='color:#0000'", true, false)]
    [InlineData("style='color:#000'", false, false)]
    [InlineData("style='color:transparent;background-clip:text'", false, false)]
    [InlineData("style='position:absolute;width:1px;height:1px;overflow:hidden'", true, true)]
    [InlineData("style='font-size:0'", true, true)]
    [InlineData("style='font-size:0px'", true, true)]
    [InlineData("style='font-size:12px'", false, false)]
    [InlineData("style='width:0;height:0;overflow:hidden'", false, true)]
    [InlineData("style='width:0;height:0;overflow:clip visible'", false, true)]
    [InlineData("style='width:0;height:0'", false, false)]
    [InlineData("style='width:0;overflow:hidden'", false, false)]
    [InlineData("style='height:0;overflow:hidden'", false, false)]
    [InlineData("style='position:absolute;left:-9999px'", true, true)]
    [InlineData("style='position:fixed;top:-999px'", true, true)]
    [InlineData("style='position:absolute;left:-998px'", false, false)]
    [InlineData("style='position:absolute;left:-100em'", true, true)]
    [InlineData("style='position:absolute;left:-100%'", false, false)]
    [InlineData("style='position:relative;left:-9999px'", true, true)]
    [InlineData("style='left:-9999px'", false, false)]
    [InlineData("style='text-indent:-9999px'", false, true)]
    [InlineData("style='text-indent:-10px'", false, false)]
    [InlineData("style='opacity:0;transform:translateY(20px)'", false, false)]
    [InlineData("style='opacity:0;transition:opacity 1s'", false, false)]
    [InlineData("style='margin:0 0 0 -9999px;margin-left:0'", false, false)]
    [InlineData("style='margin-left:-9999px;padding-left:9999px'", false, false)]
    [InlineData("style='margin-bottom:-9999px;padding-bottom:9999px'", false, false)]
    [InlineData("style='margin-right:-9999px'", false, false)]
    [InlineData("style='margin-top:-9999px'", false, true)]
    [InlineData("style='position:relative;left:-9999px;top:0'", true, true)]
    [InlineData("style='position:absolute;right:-9999px'", true, true)]
    [InlineData("style='position:absolute;left:-9999'", false, false)]
    [InlineData("style='position:absolute;inset:0 auto auto -9999px'", true, true)]
    [InlineData("style='width:0;height:0;overflow:hidden;padding:20px'", false, false)]
    [InlineData("style='width:0;height:0;min-width:100px;min-height:50px;overflow:hidden'", false, false)]
    [InlineData("style='max-width:0;max-height:0;overflow:hidden'", false, true)]
    [InlineData("style='max-height:0;overflow:hidden'", false, false)]
    [InlineData("style='display:block;width:0;height:0;overflow:hidden'", true, true)]
    [InlineData("style='display:inline-block;transform:scale(0)'", true, true)]
    [InlineData("style='display:block;transform:scaleX(0)'", true, true)]
    [InlineData("style='display:block;scale:0'", true, true)]
    [InlineData("style='display:block;translate:-9999px'", true, true)]
    [InlineData("style='display:block;transform:translate3d(-1140px,0,0);width:3000px'", false, false)]
    [InlineData("style='display:block;transform:translate(10px,-9999px)'", true, true)]
    [InlineData("style='display:block;transform:matrix(0,0,0,0,0,0)'", true, true)]
    [InlineData("style='display:block;transform:matrix(1,0,0,1,-9999,0)'", true, true)]
    [InlineData("style='display:block;transform:rotateY(90deg)'", true, true)]
    [InlineData("style='display:block;transform:rotate(90deg)'", false, false)]
    [InlineData("style='zoom:0'", false, false)]
    [InlineData("style='clip-path:inset(50%)'", true, true)]
    [InlineData("style='clip-path:inset(0 100% 0 0)'", true, true)]
    [InlineData("style='clip-path:inset(10% round 5px)'", false, false)]
    [InlineData("style='clip-path:circle(0 at center)'", true, true)]
    [InlineData("style='clip-path:ellipse(0 50%)'", true, true)]
    [InlineData("style='clip-path:polygon(0 0, 0 0, 0 0, 0 0)'", true, true)]
    [InlineData("style='clip-path:polygon(0 0, 100% 0, 100% 100%)'", false, false)]
    [InlineData("style='color:rgb(0 0 0 / 0%)'", true, false)]
    [InlineData("style='font:0/0 a'", true, true)]
    [InlineData("style='font:14px serif'", false, false)]
    [InlineData("style='font:1px/1 serif'", true, true)]
    [InlineData("style='font-size:1px'", true, true)]
    [InlineData("style='font-size:0.4px'", true, true)]
    [InlineData("style='font-size:0.5pt'", true, true)]
    [InlineData("style='font-size:2px'", false, false)]
    [InlineData("style='filter:opacity(0)'", true, true)]
    [InlineData("style='filter:blur(2px) opacity(0%)'", true, true)]
    [InlineData("style='filter:opacity(50%)'", false, false)]
    [InlineData("style='filter:opacity(0);transition:filter 1s'", false, false)]
    [InlineData("style='display:block;transform:translate(-300vw,0)'", true, true)]
    [InlineData("style='display:block;transform:translateX(-100vw)'", false, false)]
    [InlineData("style='position:absolute;left:-100vw'", true, true)]
    [InlineData("style='position:relative;left:-3vw'", false, false)]
    [InlineData("style='display:block;text-indent:-9999px'", true, true)]
    [InlineData("style='display:block;text-indent:100%;white-space:nowrap;overflow:hidden'", true, true)]
    [InlineData("style='display:block;content-visibility:hidden'", true, true)]
    [InlineData("style='color:red;display:none'", true, true)]
    public void An_attribute_hides_a_link_or_it_does_not(string attributes, bool hidden, bool hiddenInside)
    {
        var itself = PageAnswer.Read($"<p><a href=/x {attributes}>x</a>");
        var around = PageAnswer.Read($"<div {attributes}><p><a href=/x>x</a></div>");

        Assert.Equal(hidden, Assert.Single(itself.Links).Hidden);
        Assert.Equal((hidden, hiddenInside), (itself.Links[0].HiddenBy is not null, around.Links[0].HiddenBy is not null));
        Assert.Equal(hiddenInside, Assert.Single(around.Links).Hidden);
    }

    [Theory]
    [InlineData("<details><summary>more</summary><a href=/x>x</a></details>", false)]
    [InlineData("<dialog><a href=/x>x</a></dialog>", true)]
    [InlineData("<dialog open><a href=/x>x</a></dialog>", false)]
    [InlineData("<dialog style='display:block'><a href=/x>x</a></dialog>", false)]
    public void What_readers_can_open_is_not_hidden_and_what_only_a_script_opens_is(string html, bool hidden) =>
        Assert.Equal(hidden, Assert.Single(PageAnswer.Read(html).Links).Hidden);

    [Theory]
    [InlineData("visibility:hidden", "visibility:visible", false)]
    [InlineData("visibility:hidden", "visibility:inherit", true)]
    [InlineData("font-size:0", "font-size:14px", false)]
    [InlineData("font-size:0", "font:14px serif", false)]
    [InlineData("text-indent:-9999px", "display:block;text-indent:0", false)]
    [InlineData("text-indent:-9999px", "color:red", true)]
    [InlineData("display:none", "display:block", true)]
    [InlineData("opacity:0", "opacity:1", true)]
    public void A_descendant_undoes_only_what_css_lets_it_undo(string outer, string inner, bool hidden)
    {
        var page = PageAnswer.Read($"<div style='{outer}'><a href=/x style='{inner}'>x</a></div>");

        Assert.Equal(hidden, Assert.Single(page.Links).Hidden);
    }

    [Theory]
    [InlineData("font-size:0", false)]
    [InlineData("visibility:hidden", true)]
    public void An_image_needs_no_font_size_to_be_seen(string style, bool hidden)
    {
        var page = PageAnswer.Read($"<a href=/x style='{style}'><img alt=x></a>");

        Assert.Equal(hidden, Assert.Single(page.Links).Hidden);
    }

    [Theory]
    [InlineData("<body style='opacity:0'><a href=/x>x</a>")]
    [InlineData("<html style='display:none'><a href=/x>x</a>")]
    public void A_whole_page_is_hidden_only_until_it_has_loaded(string html)
    {
        Assert.False(Assert.Single(PageAnswer.Read(html).Links).Hidden);
    }

    /// <summary><see cref="LinkMonitor.Engine.Reading.Concealment"/>: the proof names the element and what of it hides the link.</summary>
    [Theory]
    [InlineData("<div id=ads class='widget  promo' style='color:red;display:none'><p><a href=/x>x</a>",
        "<div id=\"ads\" class=\"widget promo\">: style \"display:none\"")]
    [InlineData("<section hidden><a href=/x>x</a></section>", "<section>: attribute hidden")]
    [InlineData("<section hidden style='color:red'><a href=/x>x</a></section>", "<section>: attribute hidden")]
    [InlineData("<dialog><a href=/x>x</a></dialog>", "<dialog>: a dialog that is not open")]
    [InlineData("<div popover><a href=/x>x</a></div>", "<div>: attribute popover")]
    [InlineData("<p><a href=/x style='font-size:0'>x</a>", "<a>: style \"font-size:0\"")]
    [InlineData("<div style='display:none'><div style='visibility:hidden'><a href=/x>x</a></div></div>", "<div>: style \"display:none\"")]
    [InlineData("<div id=one style='visibility:hidden'><p style='visibility:visible'><i id=two style='opacity:0'><a href=/x>x</a>",
        "<i id=\"two\">: style \"opacity:0\"")]
    [InlineData("<div style='width:0;height:0;overflow:hidden'><a href=/x>x</a></div>",
        "<div>: style \"width:0;height:0;overflow:hidden\"")]
    [InlineData("<details><summary>More</summary><a href=/x>x</a></details>", null)]
    public void What_hides_a_link_is_named(string html, string? by)
    {
        var link = Assert.Single(PageAnswer.Read(html).Links);

        Assert.Equal((by is not null, by), (link.Hidden, link.HiddenBy));
    }
}
