"""Decides what is analysed when: instant tier on every edit, slow tiers after, each cancelled by the next edit."""

from leery.scheduler.scheduler import Scheduler
from leery.scheduler.target import Analysis
from leery.scheduler.tiers import CachedTier, Tier, WorkerTier

__all__ = ["Analysis", "CachedTier", "Scheduler", "Tier", "WorkerTier"]
